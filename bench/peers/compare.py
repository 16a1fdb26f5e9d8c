"""Takes turns between `lexiscope bench --paced` and peer.py, task by task; called by bench/compare.sh, which says how to set up.

Both answer `prepare` with numbers of their first result; a task whose numbers differ is not timed. Each round times both once, the order changing; a ratio is the
median of the pairs (theirs over ours, so above 1 is faster), its interval that of order statistics with at least 95 %.
"""

import argparse
import datetime
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from results import interval, write

TASKS = [
    "start-to-grid",
    *(f"forward-{length}" for length in (1, 8, 16, 32, 128, 512, 1024)),
    "recording-16",
    "recording-128",
    "lens-grid",
    "vocabulary-readings",
    "generate",
    "generate-bf16",
    "generate-rounded",
    "lens-request",
    "page-drawn",
    "ffn-request",
    "index-query",
]
OURS_ONLY = {"lens-request", "ffn-request", "index-query"}
# PyTorch computes in bfloat16 in both; ours in float32 with weights of another seed, or rounding elsewhere: other tokens, the same work.
UNCOMPARED = {"generate-bf16", "generate-rounded"}
ATOL = 2e-3
SAME_IDS = 0.99


# Threads of either side look out for more work before they sleep; the other is not to be timed meanwhile.
CALM_SECONDS = 0.05


class Side:
    def __init__(self, command, folder, environment=None):
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"compare: expected an answer to {command!r}, got the end of {self.process.args[0]}")
        reply = json.loads(line)
        if "error" in reply:
            raise RuntimeError(reply["error"])
        return reply

    def round(self):
        time.sleep(CALM_SECONDS)
        return self.ask("run")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def differences(ours, theirs):
    """The largest difference of values and the share of ids that are the same; raises where they are not of the same form."""
    if len(ours["values"]) != len(theirs["values"]) or len(ours["ids"]) != len(theirs["ids"]):
        raise RuntimeError(
            f"expected as many numbers from both, got {len(ours['values'])} and {len(theirs['values'])} values,"
            f" {len(ours['ids'])} and {len(theirs['ids'])} ids"
        )
    scale = max([1.0, *(abs(value) for value in theirs["values"])])
    worst = max([0.0, *(abs(a - b) / scale for a, b in zip(ours["values"], theirs["values"]))])
    same = sum(a == b for a, b in zip(ours["ids"], theirs["ids"])) / max(1, len(ours["ids"]))
    return worst, same if ours["ids"] else 1.0


def compare(task, rounds, ours, theirs):
    prepared = ours.ask(f"prepare {task}")
    other = None if task in OURS_ONLY else theirs.ask(f"prepare {task}")
    record = {"rounds": rounds, "about": prepared["about"], "peakBytes": prepared.get("peakBytes")}
    if other is not None:
        worst, same = differences(prepared["answer"], other["answer"])
        record |= {"theirPeakBytes": other["peakBytes"], "maxRelativeDifference": worst, "sameIds": same}
        if task not in UNCOMPARED and (worst > ATOL or same < SAME_IDS):
            raise RuntimeError(f"results differ: values by {worst:.2e}, {100 * same:.1f} % of the ids the same")
    pairs, peaks, baselines, their_baselines = [], [], [], []
    for index in range(rounds):
        if other is not None and index % 2:
            second = theirs.round()
            first = ours.round()
        else:
            first = ours.round()
            second = None if other is None else theirs.round()
        pairs.append((first["seconds"], None if second is None else second["seconds"]))
        peaks.append(first["peaks"])
        if first.get("baselineSeconds"):
            baselines.append(first["seconds"] / first["baselineSeconds"])
        if second and second.get("baselineSeconds"):
            their_baselines.append(second["seconds"] / second["baselineSeconds"])
        print(f"\r{task}: {index + 1}/{rounds}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    record["ours"] = interval([pair[0] for pair in pairs])
    record["roundSeconds"] = [pair[0] for pair in pairs]
    record["roundPeaks"] = peaks
    record["cost"] = prepared["cost"]
    if other is not None:
        record["theirs"] = interval([pair[1] for pair in pairs])
        record["faster"] = interval([pair[1] / pair[0] for pair in pairs])
    if baselines:
        record["toBaseline"] = interval(baselines)
    if their_baselines:
        record["theirToBaseline"] = interval(their_baselines)
    return record


def page_drawn(root, rounds):
    """The page in a real browser, from the key that asks to the grid drawn."""
    if shutil.which("node") is None:
        raise RuntimeError("expected Node, got none")
    said = subprocess.run(
        ["node", str(root / "bench" / "peers" / "page.mjs"), str(root), str(rounds)], capture_output=True, text=True
    )
    if said.returncode != 0:
        raise RuntimeError(said.stderr.strip().splitlines()[-1] if said.stderr.strip() else "the browser failed")
    measured = json.loads(said.stdout)
    return {
        "rounds": rounds,
        "about": "the page's lens on microworld, 16 tokens, from asking to drawn",
        "ours": interval([value / 1000 for value in measured["drawnMilliseconds"]]),
        "request": interval([value / 1000 for value in measured["requestMilliseconds"]]),
        "first": measured["firstMilliseconds"] / 1000,
    }


def commit(root):
    """The commit measured, and whether anything else was in the folder."""
    said = subprocess.run(
        ["git", "-C", str(root), "describe", "--always", "--dirty", "--exclude=*", "--abbrev=12"], capture_output=True, text=True
    )
    return said.stdout.strip() or "unknown"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--task", action="append", choices=TASKS, help="this task, anew; may be given several times")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--write", action="store_true", help="only write RESULTS.md")
    parser.add_argument("--note", help="a sentence about the circumstances, kept with the results")
    options = parser.parse_args()
    kept = options.model.parent / "compare.json"
    state = json.loads(kept.read_text()) if kept.exists() else {"tasks": {}}
    if options.note is not None:
        state["note"] = options.note
        kept.write_text(json.dumps(state, indent=1))
    wanted = options.task or [task for task in TASKS if task not in state["tasks"]]
    failed = []
    if not options.write and wanted:
        state["commit"] = commit(options.root)
        measure(options, wanted, state, kept, failed)
    write(state, TASKS, options.root / "bench" / "RESULTS.md")
    for line in failed:
        print(f"compare: {line}", file=sys.stderr)
    sys.exit(1 if failed else 0)


def measure(options, wanted, state, kept, failed):
    sides = [task for task in wanted if task != "page-drawn"]
    ours = theirs = None
    try:
        if sides:
            launcher = str(options.root / "lexiscope")
            ours = Side([launcher, "bench", "--paced", "--quiet", "-m", str(options.model)], options.root)
            theirs = Side([sys.executable, str(Path(__file__).with_name("peer.py")), str(options.model)], options.root)
            state["setup"] = ours.ask("setup")
            state["theirSetup"] = theirs.ask("setup")
        for task in wanted:
            try:
                # A round of the vocabulary takes a minute for both: fewer, and the interval says so.
                rounds = min(options.rounds, 5) if task == "vocabulary-readings" else options.rounds
                record = page_drawn(options.root, rounds) if task == "page-drawn" else compare(task, rounds, ours, theirs)
            except RuntimeError as wrong:
                failed.append(f"{task}: {wrong}")
                continue
            record |= {
                "commit": state["commit"],
                "when": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
            }
            state["tasks"][task] = record
            part = kept.with_suffix(".part")
            part.write_text(json.dumps(state, indent=1))
            part.replace(kept)
    finally:
        for side in (ours, theirs):
            if side is not None:
                side.close()


if __name__ == "__main__":
    main()
