"""The peer of our trainer: the same loop in plain PyTorch, as a good engineer would write it.

GPT-2 of 6 layers x 256, 8 heads, tied embeddings, 32 rows x 64 tokens, float32, fused attention, fused AdamW with decoupled decay on matrices only,
gradients clipped to a global norm of 1. Tokens are random: they cost nothing and no kernel used here depends on their values.

    python3 -m venv venv && venv/bin/pip install torch
    venv/bin/python bench/peers/train_gpt2.py --steps 60 --threads 2

Prints one line of JSON: tokens per second (median step after the warm-up), peak resident memory, versions. Ours: `lexiscope train
bench/peers/gpt2-6x256.json -o DIR`, column tokens_per_second of DIR/loss.csv.
"""

import argparse
import json
import platform
import resource
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.ln_1 = nn.LayerNorm(width)
        self.attn = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)
        self.ln_2 = nn.LayerNorm(width)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)

    def forward(self, x):
        b, t, d = x.shape
        q, k, v = self.attn(self.ln_1(x)).split(d, dim=2)
        q, k, v = (y.view(b, t, self.heads, d // self.heads).transpose(1, 2) for y in (q, k, v))
        z = F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).reshape(b, t, d)
        x = x + self.proj(z)
        return x + self.down(F.gelu(self.up(self.ln_2(x)), approximate="tanh"))


class Gpt2(nn.Module):
    def __init__(self, layers, width, heads, vocabulary, context):
        super().__init__()
        self.wte = nn.Embedding(vocabulary, width)
        self.wpe = nn.Embedding(context, width)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.ln_f = nn.LayerNorm(width)
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                residual = name.endswith(("proj.weight", "down.weight"))
                nn.init.normal_(parameter, std=0.02 / ((2 * layers) ** 0.5 if residual else 1))

    def forward(self, ids):
        x = self.wte(ids) + self.wpe(torch.arange(ids.shape[1]))
        for block in self.blocks:
            x = block(x)
        return F.linear(self.ln_f(x), self.wte.weight)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--warmup", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rows", type=int, default=32)
    parser.add_argument("--length", type=int, default=64)
    parser.add_argument("--vocabulary", type=int, default=4096)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    model = Gpt2(layers=6, width=256, heads=8, vocabulary=options.vocabulary, context=128)
    matrices = [p for n, p in model.named_parameters() if p.dim() == 2 and "blocks" in n]
    rest = [p for n, p in model.named_parameters() if not (p.dim() == 2 and "blocks" in n)]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.02}, {"params": rest, "weight_decay": 0.0}],
        lr=1.2e-3,
        betas=(0.9, 0.98),
        eps=1e-8,
        fused=True,
    )
    seconds = []
    for _ in range(options.steps):
        tokens = torch.randint(options.vocabulary, (options.rows, options.length + 1))
        start = time.perf_counter()
        logits = model(tokens[:, :-1])
        loss = F.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        loss.item()
        seconds.append(time.perf_counter() - start)
    step = statistics.median(seconds[options.warmup :])
    print(
        json.dumps(
            {
                "tokens_per_second": round(options.rows * options.length / step),
                "milliseconds_per_step": round(1000 * step, 1),
                "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                "threads": options.threads,
                "torch": torch.__version__,
                "python": platform.python_version(),
            }
        )
    )


if __name__ == "__main__":
    main()
