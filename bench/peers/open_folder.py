"""Opens a folder written by `lexiscope train` in Hugging Face transformers and compares what both say.

    venv/bin/pip install torch transformers safetensors
    lexiscope activations "The capital of Norway is" -m models/microworld -o out.safetensors --at logits
    venv/bin/python bench/peers/open_folder.py models/microworld out.safetensors

An encoder with a head: `--at outputs`. Prints the tokens as transformers reads the text (`--text`), and the largest difference of every tensor of the
file; exits with 1 when one exceeds --atol.
"""

import argparse
import json
import sys

import torch
from safetensors.torch import load_file
from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSequenceClassification, AutoTokenizer


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("activations")
    parser.add_argument("--text")
    parser.add_argument("--atol", type=float, default=1e-4)
    options = parser.parse_args()
    ours = load_file(options.activations)
    ids = ours["input_ids"].long().reshape(1, -1)
    tokenizer = AutoTokenizer.from_pretrained(options.folder)
    if options.text is not None:
        theirs = tokenizer(options.text)["input_ids"]
        if theirs != ids[0].tolist():
            sys.exit(f"tokens differ: transformers reads {theirs}, the file holds {ids[0].tolist()}")
    encoder = AutoConfig.from_pretrained(options.folder).model_type == "bert"
    kind = AutoModelForSequenceClassification if encoder else AutoModelForCausalLM
    model = kind.from_pretrained(options.folder, dtype=torch.float32).eval()
    with torch.no_grad():
        said = model(ids, output_hidden_states=True)
    known = {"outputs" if encoder else "logits": said.logits}
    for layer, state in enumerate(said.hidden_states[:-1]):
        known[f"blocks.{layer}.hook_resid_pre"] = state
    differences = {
        name: (known[name].reshape(ours[name].shape) - ours[name]).abs().max().item() for name in ours if name in known
    }
    print(json.dumps({"tokens": tokenizer.convert_ids_to_tokens(ids[0].tolist()), "maxAbsDiff": differences}, ensure_ascii=False))
    if not differences or max(differences.values()) > options.atol:
        sys.exit("differs by more than the tolerance, or nothing to compare")


if __name__ == "__main__":
    main()
