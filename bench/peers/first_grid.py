"""From the start of a process to the first lens grid, as a script of a few lines would do it. Prints the model's own answer.

    bench/peers/venv/bin/python bench/peers/first_grid.py MODEL_FOLDER
"""

import json
import sys

import torch
from transformers import GPT2LMHeadModel

from grid import lens_grid


def main():
    with torch.inference_mode():
        model = GPT2LMHeadModel.from_pretrained(sys.argv[1], dtype=torch.float32).eval()
        entropy, top, rank = lens_grid(model)
        readings = [
            {"entropy": entropy[row].item(), "top": top.indices[row].tolist(), "rank": rank[row].item()}
            for row in range(len(rank))
        ]
        print(json.dumps({"answer": readings[-1]["top"][0], "readings": readings}))


if __name__ == "__main__":
    main()
