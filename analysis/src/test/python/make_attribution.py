"""Splits a logit of SmolLM2-135M into parts above the mean over the vocabulary, from the definitions.

    python make_attribution.py MODEL.gguf OUTPUT.json IDS TARGETS

The pass is transformers' own on the dequantised weights, in float32; parts are summed in double.
"""

import json
import sys

import torch
import gguf
from transformers import LlamaConfig, LlamaForCausalLM

tensors = {
    t.name: torch.tensor(gguf.dequantize(t.data, t.tensor_type), dtype=torch.float32)
    for t in gguf.GGUFReader(sys.argv[1]).tensors
}
model = LlamaForCausalLM(
    LlamaConfig(
        vocab_size=49152,
        hidden_size=576,
        intermediate_size=1536,
        num_hidden_layers=30,
        num_attention_heads=9,
        num_key_value_heads=3,
        rms_norm_eps=1e-5,
        rope_theta=100000.0,
        tie_word_embeddings=True,
        attn_implementation="eager",
    )
).eval()


def turned(weight, heads):
    """Rows of queries and keys from GGUF's order, in which the two halves of each head alternate."""
    return weight.reshape(heads, 32, 2, 576).transpose(1, 2).reshape(weight.shape)


names = {
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
state = {
    "model.embed_tokens.weight": tensors["token_embd.weight"],
    "lm_head.weight": tensors["token_embd.weight"],
    "model.norm.weight": tensors["output_norm.weight"],
}
for name, weight in tensors.items():
    if name.startswith("blk."):
        _, layer, part, _ = name.split(".")
        heads = {"attn_q": 9, "attn_k": 3}.get(part)
        state[f"model.layers.{layer}.{names[part]}.weight"] = turned(weight, heads) if heads else weight
model.load_state_dict(state)
# When Mary and John went to the store, John gave a drink to
ids = json.loads(sys.argv[3])
target, foil = json.loads(sys.argv[4])

kept = {}


def keep_input(name):
    def hook(module, args):
        kept[name] = args[0][0, -1].detach().double()

    return hook


def keep_output(name):
    def hook(module, args, output):
        kept[name] = output[0, -1].detach().double()

    return hook


base = model.model
base.embed_tokens.register_forward_hook(keep_output("embed"))
base.norm.register_forward_pre_hook(keep_input("last"))
for layer, block in enumerate(base.layers):
    block.self_attn.o_proj.register_forward_pre_hook(keep_input(f"z{layer}"))
    block.mlp.register_forward_hook(keep_output(f"mlp{layer}"))
with torch.no_grad():
    logits = model(torch.tensor([ids])).logits[0, -1].double()

U = model.lm_head.weight.double() * base.norm.weight.double()
scale = (kept["last"].pow(2).mean() + base.norm.variance_epsilon).sqrt()
heads = model.config.num_attention_heads
size = model.config.hidden_size // heads


def parts(direction):
    found = [{"label": "token embedding", "logits": (direction @ kept["embed"] / scale).item()}]
    for layer, block in enumerate(base.layers):
        out = block.self_attn.o_proj.weight.double()
        for head in range(heads):
            some = slice(head * size, (head + 1) * size)
            written = out[:, some] @ kept[f"z{layer}"][some]
            found.append({"label": f"L{layer}H{head}", "logits": (direction @ written / scale).item()})
        found.append({"label": f"MLP {layer}", "logits": (direction @ kept[f"mlp{layer}"] / scale).item()})
    return found


mean = U.mean(0)
json.dump(
    {
        "ids": ids,
        "target": target,
        "against": foil,
        "logit": logits[target].item(),
        "meanLogit": logits.mean().item(),
        "parts": parts(U[target] - mean),
        "againstParts": parts(U[foil] - mean),
    },
    open(sys.argv[2], "w"),
    indent=1,
)
print(sum(p["logits"] for p in parts(U[target] - mean)), logits[target].item() - logits.mean().item())
