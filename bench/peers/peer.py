"""The tasks of `lexiscope bench` in PyTorch and Hugging Face transformers, vectorised, on the same checkpoint folder.

Follows the commands that `lexiscope bench --paced` follows, a line each on standard input, and answers each with a line of JSON: `setup`, `prepare TASK` (the
first round with its memory, its numbers, and the warm-up), `run` (a round). `bench/compare.sh` takes turns between the two.

    bench/peers/venv/bin/python bench/peers/peer.py MODEL_FOLDER
"""

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import torch
import transformers
from transformers import AutoModelForCausalLM

from grid import lens_grid, prompt, vocabulary_words

WARM_UP_SECONDS = 4
FEWEST_WARM_UPS = 2
SAMPLES = 64
NEW_TOKENS = 64
TOGETHER = 1024


def samples(row):
    row = row.reshape(-1)
    return [row[i * len(row) // SAMPLES].item() for i in range(SAMPLES)]


class Peer:
    def __init__(self, folder):
        self.folder = folder
        self.model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
        self.model.generation_config.eos_token_id = None
        self.model(torch.tensor([[0]]), use_cache=False)
        self.reduced = None
        self.child_peak = None

    # Each task gives what does a round, and what makes numbers of its result.

    def forward(self, length):
        ids = torch.tensor([prompt(length)])
        return lambda: self.model(ids, use_cache=False).logits, self.logit_answer

    @staticmethod
    def logit_answer(logits):
        return samples(logits[0, 0]) + samples(logits[0, -1]), []

    def recording(self, length):
        ids = torch.tensor([prompt(length)])

        def run():
            kept = []
            keep = lambda module, inputs, output: kept.append((output[0] if isinstance(output, tuple) else output).clone())
            keep_input = lambda module, inputs: kept.append(inputs[0].clone())
            handles = []
            for block in self.model.transformer.h:
                handles += [
                    block.ln_1.register_forward_pre_hook(keep_input),
                    block.attn.register_forward_hook(keep),
                    block.ln_2.register_forward_pre_hook(keep_input),
                    block.mlp.register_forward_hook(keep),
                    block.register_forward_hook(keep),
                ]
            logits = self.model(ids, use_cache=False).logits
            for handle in handles:
                handle.remove()
            return logits, kept

        def answer(result):
            logits, kept = result
            values, _ = self.logit_answer(logits)
            return values + [tensor[0, -1].norm().item() for tensor in kept], []

        return run, answer

    def grid(self):
        def answer(result):
            entropy, top, rank = result
            values, ids = [], []
            for row in range(len(rank)):
                values += [entropy[row].item(), top.values[row, 0].item(), top.values[row, -1].item()]
                ids += top.indices[row].tolist() + [rank[row].item()]
            return values, ids

        return lambda: lens_grid(self.model), answer

    def readings(self):
        weight = self.model.transformer.wte.weight

        def run():
            first, total, count = [], 0.0, 0
            for block in self.model.transformer.h:
                vectors = block.mlp.c_proj.weight
                for start in range(0, len(vectors), TOGETHER):
                    top, bottom = vocabulary_words(vectors[start : start + TOGETHER], weight)
                    total += (top.values[:, -1] + bottom.values[:, -1]).sum().item()
                    count += len(top.values)
                    if start == 0:
                        first.append((top.values[0, 0].item(), bottom.values[0, 0].item(), top.indices[0], bottom.indices[0]))
            return total / count, first

        def answer(result):
            mean, first = result
            values, ids = [mean], []
            for high, low, top, bottom in first:
                values += [high, low]
                ids += top.tolist() + bottom.tolist()
            return values, ids

        return run, answer

    def generate(self, model):
        ids = torch.tensor([prompt(64)])
        mask = torch.ones_like(ids)

        def run():
            return model.generate(
                ids, attention_mask=mask, max_new_tokens=NEW_TOKENS, do_sample=False, pad_token_id=0, use_cache=True
            )

        return run, lambda written: ([], written[0, ids.shape[1] :].tolist())

    def generate_reduced(self):
        if self.reduced is None:
            self.reduced = AutoModelForCausalLM.from_pretrained(self.folder, dtype=torch.bfloat16).eval()
            self.reduced.generation_config.eos_token_id = None
        return self.generate(self.reduced)

    def start(self):
        script = Path(__file__).with_name("first_grid.py")

        def run():
            process = subprocess.Popen([sys.executable, str(script), self.folder], stdout=subprocess.PIPE)
            said = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                raise ValueError(f"first_grid.py ended with {process.returncode}")
            self.child_peak = usage.ru_maxrss * 1024
            return json.loads(said)

        return run, lambda said: ([], [said["answer"]])

    def task(self, name):
        kind, _, length = name.rpartition("-")
        if kind == "forward":
            return self.forward(int(length))
        if kind == "recording":
            return self.recording(int(length))
        return {
            "start-to-grid": self.start,
            "lens-grid": self.grid,
            "vocabulary-readings": self.readings,
            "generate": lambda: self.generate(self.model),
            "generate-bf16": self.generate_reduced,
            "generate-rounded": self.generate_reduced,
        }[name]()

    def baseline(self, name):
        if name.startswith("recording-"):
            return self.task(name.replace("recording", "forward"))[0]
        return self.task("generate")[0] if name in ("generate-bf16", "generate-rounded") else None


def kilobytes(key):
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(key + ":"):
            return int(line.split()[1])
    raise ValueError(key)


def with_peak(run):
    """The result of a call, and the bytes it added at most; None where the system does not tell."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
        before = kilobytes("VmRSS")
    except OSError:
        return run(), None
    result = run()
    return result, 1024 * max(0, kilobytes("VmHWM") - before)


def seconds(run):
    start = time.perf_counter()
    result = run()
    spent = time.perf_counter() - start
    del result
    return spent


class Commands:
    def __init__(self, peer, rounds):
        self.peer = peer
        self.rounds = rounds
        self.run = self.baseline = None

    def prepare(self, name):
        self.run, answer = self.peer.task(name)
        self.baseline = self.peer.baseline(name)
        self.peer.child_peak = None
        result, peak = with_peak(self.run)
        values, ids = answer(result)
        del result
        until = time.monotonic() + WARM_UP_SECONDS
        done = 0
        while done < FEWEST_WARM_UPS or (done < 6 * self.rounds and time.monotonic() < until):
            spent = seconds(self.run) + (seconds(self.baseline) if self.baseline else 0)
            done += 1
            if spent > WARM_UP_SECONDS:
                break
        return {"peakBytes": self.peer.child_peak or peak, "answer": {"values": values, "ids": ids}}

    def follow(self, command):
        word, _, rest = command.partition(" ")
        if word == "setup":
            return {
                "python": platform.python_version(),
                "torch": torch.__version__,
                "transformers": transformers.__version__,
                "threads": torch.get_num_threads(),
            }
        if word == "prepare":
            return self.prepare(rest)
        if word == "run":
            against = seconds(self.baseline) if self.baseline else None
            return {"seconds": seconds(self.run), "baselineSeconds": against}
        raise ValueError(f"expected setup, prepare TASK or run, got {command}")


def main():
    commands = Commands(Peer(sys.argv[1]), rounds=10)
    for line in sys.stdin:
        try:
            reply = commands.follow(line.strip())
        except Exception as failed:  # told to the caller, who decides whether to go on
            reply = {"error": f"{type(failed).__name__}: {failed}"}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    with torch.inference_mode():
        main()
