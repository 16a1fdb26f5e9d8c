#!/usr/bin/env python3
"""Kills servers with SIGKILL in the middle of detox, index and train, and holds the next one to what it promises:
scripts/killed.py WORKSPACE LAUNCHER… (./lexiscope by default). A second of finished work may be lost of detox and index, a checkpoint's interval
of training; what was finished before is there, and what goes on comes to the result of a run that nobody killed. Ends with 1 otherwise.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
JOBS = {
    "detox": {"n": 12, "limit": 40, "draws": 2, "count": 4, "doses": [2, 4, 8]},
    "index": {"model": "microworld"},
    "train": {"recipe": "counting", "output": "trained", "steps": 120},
}


class Server:
    """A server on the workspace, started anew each time."""

    def __init__(self):
        outputs = os.path.join(WORKSPACE, "outputs")
        self.process = subprocess.Popen(
            [*LAUNCHER, "serve", "--port", "0", "--no-open", "--no-token", "--allow-writes", "--json", "--outputs", outputs],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
            env={**os.environ, "LEXISCOPE_CACHE": os.path.join(WORKSPACE, "cache")})
        self.address = ""
        said = ""
        while not self.address:
            line = self.process.stdout.readline()
            said += line
            found = re.search(r"http://[^\s\"]+", line)
            self.address = found.group(0).rstrip("/") if found else ""
            if not line and self.process.poll() is not None:
                sys.exit("the server did not start: " + said + self.process.stderr.read())

    def ask(self, method, path, body=None):
        request = urllib.request.Request(self.address + "/api/v1/" + path, None if body is None else json.dumps(body).encode(),
                                         {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=300) as answer:
            return json.load(answer)

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def done(self, job):
        """The job once it has ended, and its result."""
        while True:
            view = self.ask("GET", "jobs/" + job)
            if view["state"] not in ("queued", "running", "waiting"):
                return view
            time.sleep(0.2)


def finished_part(verb, job):
    """How far a job's finished work on the disk reaches: bytes of its journal, or the step of its checkpoint."""
    if verb == "train":
        curve = os.path.join(WORKSPACE, "outputs/trained")
        states = [name for name in os.listdir(curve)] if os.path.isdir(curve) else []
        return len(states)
    parts = os.path.join(WORKSPACE, "cache/jobs", job, "parts")
    return os.path.getsize(parts) if os.path.exists(parts) else 0


def plain(verb, result):
    """What must be the same whenever it was computed: no times, no folders."""
    if verb == "train":
        return {"step": result["step"], "loss": result["loss"]} if "step" in result else {"loss": result.get("loss")}
    if verb == "index":
        return {key: value for key, value in result["index"].items() if "second" not in key.lower() and key != "built"} if "index" in result else result
    return {key: result[key] for key in ("baseline", "rows", "vectors", "interventions")}


def main():
    wrong = []
    server = Server()
    before = server.ask("POST", "jobs/score", {"text": "The capital of Norway is Oslo."})["id"]
    scored = server.done(before)["result"]
    for verb, request in JOBS.items():
        job = server.ask("POST", "jobs/" + verb, request)["id"]
        waited = time.monotonic()
        while True:
            view = server.ask("GET", "jobs/" + job)
            progress = view.get("progress")
            if view["state"] not in ("queued", "running", "waiting"):
                wrong.append(f"{verb}: ended before it could be killed: {view['state']}")
                break
            if progress and progress["done"] >= 0.3 * progress["total"] and time.monotonic() - waited > 1.2:
                break
            time.sleep(0.05)
        at = view.get("progress") or {}
        server.kill()
        kept = finished_part(verb, job)
        server = Server()
        listed = {each["id"]: each for each in server.ask("GET", "jobs")["jobs"]}
        now = listed.get(job, {})
        if now.get("state") != "interrupted" or not now.get("resumable"):
            wrong.append(f"{verb}: after the restart it is {now.get('state')}, resumable {now.get('resumable')}")
            continue
        if server.ask("GET", "jobs/" + before)["result"] != scored:
            wrong.append(f"{verb}: a result that was finished before is another one now")
        begun = time.monotonic()
        server.ask("POST", f"jobs/{job}/resume")
        while True:
            view = server.ask("GET", "jobs/" + job)
            progress = view.get("progress") or {}
            reached = progress.get("unit", "").split(",")[0] == at.get("unit", "").split(",")[0] and progress.get("done", 0) >= at["done"]
            if view["state"] not in ("queued", "running", "waiting") or reached:
                break
            time.sleep(0.02)
        seconds = time.monotonic() - begun
        ended = server.done(job)
        if ended["state"] != "done":
            wrong.append(f"{verb}: it went on and ended {ended['state']}: {ended.get('problem')}")
            continue
        again = dict(request, **({"output": "again"} if verb == "train" else {"rebuild": True} if verb == "index" else {}))
        whole = server.done(server.ask("POST", "jobs/" + verb, again)["id"])
        same = plain(verb, ended["result"]) == plain(verb, whole["result"])
        if not same:
            wrong.append(f"{verb}: what went on came to another result than what nobody killed")
        print(f"{verb}: killed at {at['done']} of {at['total']} {at['unit']}, {kept} on disk; there again {seconds:.1f} s after it was told to go on, "
              f"the model opened anew; the same result as a run that nobody killed: {same}", flush=True)
    server.kill()
    for one in wrong:
        print("WRONG:", one)
    print("nothing is lost" if not wrong else f"{len(wrong)} promises are not kept")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    WORKSPACE = os.path.abspath(sys.argv[1])
    os.makedirs(os.path.join(WORKSPACE, "outputs"), exist_ok=True)
    LAUNCHER = sys.argv[2:] or [os.path.join(ROOT, "lexiscope")]
    sys.exit(main())
