"""Writes what vectors of SmolLM2-135M read as, from the definitions, in double precision.

    python make_readings.py MODEL.gguf OUTPUT.json

Weights as the package `gguf` widens them; U = W_U * gain of the final norm, less its mean row.
"""

import json
import sys

import gguf
import numpy as np
import torch

reader = gguf.GGUFReader(sys.argv[1])
tensors = {
    t.name: torch.from_numpy(gguf.dequantize(t.data, t.tensor_type)).double()
    for t in reader.tensors
    if t.name in ("token_embd.weight", "output_norm.weight") or "ffn_down" in t.name
}
field = reader.fields["tokenizer.ggml.tokens"]
tokens = [bytes(field.parts[i]).decode() for i in field.data]
ids = {t: i for i, t in enumerate(tokens)}

W = tensors["token_embd.weight"]
U = W * tensors["output_norm.weight"]
centred = U - U.mean(0)
lengths = centred.norm(dim=1)
width = U.shape[1]

rows = W.norm(dim=1)
median = rows.quantile(0.5).item()
deviation = 1.4826 * (rows - median).abs().quantile(0.5).item()

words = ["Ġdoctor", "ĠMonday", "Ġdog", "ĠLondon", "ĠNorway", "Ġfire", "ĠParis", "Ġmusic"]
neurons = [(29, 1189), (29, 1242), (29, 808), (29, 236), (29, 631), (28, 1025), (0, 7), (11, 1229)]
vectors = []
for layer, index in neurons:
    v = tensors[f"blk.{layer}.ffn_down.weight"][:, index]
    scores = centred @ v
    z = scores / (v.norm() * lengths / width**0.5)
    order = torch.argsort(-scores, stable=True)
    rank = torch.empty_like(order)
    rank[order] = torch.arange(1, len(order) + 1)
    vectors.append(
        {
            "layer": layer,
            "neuron": index,
            "mean": (U.mean(0) @ v).item(),
            "spread": scores.std(unbiased=False).item(),
            "stars": int((z.abs() > torch.distributions.Normal(0.0, 1.0).icdf(torch.tensor(1 - 0.005 / len(rows), dtype=torch.float64))).sum()),
            "top": order[:20].tolist(),
            "words": [
                {"id": ids[w], "score": scores[ids[w]].item(), "z": z[ids[w]].item(), "rank": rank[ids[w]].item()}
                for w in words
            ],
        }
    )

json.dump(
    {
        "threshold": torch.distributions.Normal(0.0, 1.0).icdf(torch.tensor(1 - 0.005 / len(rows), dtype=torch.float64)).item(),
        "longRows": int((rows > median + 3.3 * deviation).sum()),
        "vectors": vectors,
    },
    open(sys.argv[2], "w"),
    indent=1,
)
