"""Quantised files of the bundled microworld, held against PyTorch on the very numbers they stand for:

    npm i @node-llama-cpp/linux-x64@3.21.1 && export LLAMA_LIBS=node_modules/@node-llama-cpp/linux-x64/bins/linux-x64
    python scripts/gguf_parity.py FOLDER llama_reference.py        # torch, transformers, gguf, safetensors

It writes microworld as an F32 GGUF, quantises it with llama.cpp (MXFP4 with the package gguf, since llama.cpp's file type of that name touches experts only), widens every file with gguf's
reference, runs those weights in transformers in float32, and lets `lexiscope parity` run each file against the logits and residual streams: the greatest difference may be 1e-4.
"""
import json, os, subprocess, sys
from pathlib import Path
import gguf, numpy as np, torch
from safetensors.torch import save_file
from transformers import GPT2LMHeadModel

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "models/microworld"
TYPES = ["Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q2_K", "Q3_K_M", "Q4_K_M", "Q5_K_M", "Q6_K", "IQ4_NL", "IQ4_XS", "MXFP4", "F16", "BF16"]
NAMES = {"transformer.wte.weight": "token_embd.weight", "transformer.wpe.weight": "position_embd.weight", "transformer.ln_f.weight": "output_norm.weight", "transformer.ln_f.bias": "output_norm.bias"}
PARTS = {"ln_1": "attn_norm", "ln_2": "ffn_norm", "attn.c_attn": "attn_qkv", "attn.c_proj": "attn_output", "mlp.c_fc": "ffn_up", "mlp.c_proj": "ffn_down"}

def stored(name):
    """The tensor's name in GGUF, and whether the converter turns it round."""
    if name in NAMES: return NAMES[name], False
    _, _, layer, rest = name.split(".", 3); part, kind = rest.rsplit(".", 1)
    return f"blk.{layer}.{PARTS[part]}.{kind}", kind == "weight" and part.split(".")[-1].startswith("c_")

def weights(model): return {n: p.detach().float().numpy() for n, p in model.named_parameters()}

def write(path, model, quantise):
    c = model.config; out = gguf.GGUFWriter(path, "gpt2")
    out.add_context_length(c.n_positions); out.add_embedding_length(c.n_embd); out.add_block_count(c.n_layer); out.add_feed_forward_length(c.n_inner)
    out.add_head_count(c.n_head); out.add_layer_norm_eps(c.layer_norm_epsilon); out.add_vocab_size(c.vocab_size); out.add_tokenizer_model("none")
    for name, w in weights(model).items():
        to, turned = stored(name); w = np.ascontiguousarray(w.T if turned else w, np.float32)
        if quantise and w.ndim == 2 and "position" not in to: out.add_tensor(to, gguf.quants.quantize(w, quantise), raw_dtype=quantise)
        else: out.add_tensor(to, w)
    out.write_header_to_file(); out.write_kv_data_to_file(); out.write_tensors_to_file(); out.close()

def widened(path):
    return {t.name: gguf.dequantize(t.data, t.tensor_type).astype(np.float32).reshape([int(d) for d in reversed(t.shape)]) for t in gguf.GGUFReader(path).tensors}

def golden(path, model):
    tensors = widened(path)
    with torch.no_grad():
        for name, p in model.named_parameters():
            to, turned = stored(name); w = torch.from_numpy(tensors[to].copy()); p.copy_(w.T if turned else w)
        ids = torch.from_numpy(np.random.default_rng(7).integers(1, model.config.vocab_size, (1, 24)))
        run = model(ids, output_hidden_states=True)
    named = {"input_ids": ids, "logits": run.logits} | {f"blocks.{i}.hook_resid_pre": h for i, h in enumerate(run.hidden_states[:-1])}
    save_file({n: t.contiguous() for n, t in named.items()}, f"{path}.safetensors")

def main():
    folder, reference = Path(sys.argv[1]), sys.argv[2]; folder.mkdir(exist_ok=True); source = folder / "f32.gguf"; failed = 0
    fresh = lambda: GPT2LMHeadModel.from_pretrained(MODEL, dtype=torch.float32, attn_implementation="eager").eval()
    write(source, fresh(), None)
    for kind in TYPES:
        file = folder / f"{kind}.gguf"
        if kind == "MXFP4": write(file, fresh(), gguf.GGMLQuantizationType.MXFP4)
        else: subprocess.run([sys.executable, reference, "quantize", str(source), str(file), kind], check=True, stderr=subprocess.DEVNULL)
        golden(file, fresh())
        types = sorted({t.tensor_type.name for t in gguf.GGUFReader(file).tensors})
        ran = subprocess.run([ROOT / "lexiscope", "parity", "--json", "-m", file, "--golden", f"{file}.safetensors"], capture_output=True, text=True)
        result = json.loads(ran.stdout) if ran.stdout else {"passed": False, "maxAbsDiff": {"": float("nan")}}
        worst = max(result["maxAbsDiff"].values()); failed += not result["passed"]
        print(f"{kind:8} {'+'.join(types):32} {'passed' if result['passed'] else 'FAILED ' + ran.stderr[-300:]}  {worst:.1e}", flush=True)
    sys.exit(failed)

main()
