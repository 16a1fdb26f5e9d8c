"""Alternates our trainer and the same loop in PyTorch, and prints the ratio of their speeds and of their peak memories.

    python3 -m venv venv && venv/bin/pip install torch
    venv/bin/python bench/peers/compare_training.py --rounds 3 --threads 2

Every round runs both, one after the other, in processes of their own. Speed is the median over the steps after the warm-up; memory is the largest
resident set of the process. Prints one line of JSON.
"""

import argparse
import csv
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
LEXISCOPE = HERE.parent.parent / "lexiscope"


def run(command):
    """Runs a command to its end: its standard output and its peak resident memory in MiB."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"failed with status {status}: {' '.join(map(str, command))}")
    return output, usage.ru_maxrss / 1024


def ours(options):
    with tempfile.TemporaryDirectory() as folder:
        recipe = json.loads((HERE / "gpt2-6x256.json").read_text())
        recipe["fit"]["steps"] = options.steps
        recipe["reports"]["threads"] = options.threads
        recipe["reports"]["questions"] = 1
        file = pathlib.Path(folder, "recipe.json")
        file.write_text(json.dumps(recipe))
        _, memory = run([LEXISCOPE, "train", file, "-o", pathlib.Path(folder, "out")])
        with open(pathlib.Path(folder, "out", "loss.csv")) as rows:
            speeds = [float(row["tokens_per_second"]) for row in csv.DictReader(rows)]
    return statistics.median(speeds[options.warmup :]), memory


def theirs(options):
    output, memory = run(
        [sys.executable, HERE / "train_gpt2.py", "--steps", str(options.steps), "--warmup", str(options.warmup), "--threads", str(options.threads)]
    )
    return json.loads(output)["tokens_per_second"], memory


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--warmup", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    subprocess.run([LEXISCOPE, "models"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    rounds = [(ours(options), theirs(options)) for _ in range(options.rounds)]
    slower = [their[0] / our[0] for our, their in rounds]
    print(
        json.dumps(
            {
                "threads": options.threads,
                "ours_tokens_per_second": [round(our[0]) for our, _ in rounds],
                "theirs_tokens_per_second": [round(their[0]) for _, their in rounds],
                "time_ratio_ours_to_theirs": {"median": round(statistics.median(slower), 3), "rounds": [round(r, 3) for r in slower]},
                "ours_peak_mib": [round(our[1]) for our, _ in rounds],
                "theirs_peak_mib": [round(their[1]) for _, their in rounds],
                "machine": platform.processor() or platform.machine(),
                "processors": os.cpu_count(),
            }
        )
    )


if __name__ == "__main__":
    main()
