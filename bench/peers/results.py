"""Writes bench/RESULTS.md from what compare.py measured."""

import statistics


def interval(measurements):
    """Median, and the order statistics around it that hold the true one with at least 95 %; all of them where there are fewer than six."""
    ordered = sorted(measurements)
    n = len(ordered)
    term = below = 0.5**n
    outside = k = 0
    while 2 * below <= 0.05:
        outside = k
        k += 1
        term *= (n - k + 1) / k
        below += term
    return {"median": statistics.median(ordered), "low": ordered[outside], "high": ordered[n - 1 - outside]}


def best_peaks(tasks):
    """The best of all rounds of all tasks."""
    measured = [peaks for record in tasks.values() for peaks in record.get("roundPeaks", [])]
    return {key: max(peaks[key] for peaks in measured) for key in measured[0]} if measured else None


def least_seconds(record, peaks):
    """What the bound alone would take, phase by phase."""
    return sum(
        phase["times"] * max(phase["bytes"] / peaks["bytesPerSecond"], phase["operations"] / peaks["operationsPerSecond"])
        for phase in record["cost"]["phases"]
    )


def fraction(record):
    """Of what the machine could do just before or after each round: neighbours on the host share its memory and its clock."""
    rounds = zip(record["roundSeconds"], record["roundPeaks"])
    return statistics.median(least_seconds(record, peaks) / taken for taken, peaks in rounds)


def fraction_of_best(record, peaks):
    """Of the best that the machine did in any round of any task."""
    return least_seconds(record, peaks) / record["ours"]["median"]


def seconds(value):
    return f"{value:.2f} s" if value >= 1 else f"{1000 * value:.1f} ms"


def times(value):
    return f"{value['median']:.2f} ({value['low']:.2f} – {value['high']:.2f})"


def spread(value):
    return f"{seconds(value['median'])} ({seconds(value['low'])} – {seconds(value['high'])})"


def memory(value):
    return "–" if value is None else f"{value / 1e6:,.1f} MB"


def verdict(passed):
    return "yes" if passed else "**no**"


class Goals:
    """The table of goals, filled with what was measured; a row without its tasks says so."""

    def __init__(self, tasks):
        self.tasks = tasks
        self.best = best_peaks(tasks)
        self.rows = []

    def row(self, what, goal, task, measured, passed):
        record = self.tasks.get(task)
        if record is None:
            self.rows.append(f"| {what} | {goal} | not measured | – |")
        else:
            self.rows.append(f"| {what} | {goal} | {measured(record)} | {verdict(passed(record))} |")

    def faster(self, what, task, goal):
        self.row(
            what,
            f"≥ {goal:g}× faster" if goal != 1 else "no slower",
            task,
            lambda record: times(record["faster"]) + "×",
            lambda record: record["faster"]["median"] >= goal,
        )

    def shares(self, record):
        return f"{100 * fraction(record):.0f} % ({100 * fraction_of_best(record, self.best):.0f} % of the best of all runs)"

    def fill(self):
        self.faster("process start → first lens grid of a 500 MB checkpoint", "start-to-grid", 4)
        for length in (1, 8, 16, 32):
            self.faster(f"forward, T = {length}", f"forward-{length}", 2)
        for length in (128, 512, 1024):
            self.faster(f"forward, T = {length}", f"forward-{length}", 1)
        for length in (16, 128):
            self.row(
                f"forward recording every residual, attention and MLP output, T = {length}",
                "≤ 1.05× our plain forward",
                f"recording-{length}",
                lambda record: times(record["toBaseline"]) + "×",
                lambda record: record["toBaseline"]["median"] <= 1.05,
            )
        self.faster("lens grid 36 × 16, top-10 + rank + entropy", "lens-grid", 2.5)
        self.row(
            "… of what the machine can do",
            "≥ 75 %",
            "lens-grid",
            self.shares,
            lambda record: fraction(record) >= 0.75,
        )
        self.row(
            "… additional memory",
            "≤ 1/10",
            "lens-grid",
            lambda record: f"{memory(record['peakBytes'])} against {memory(record['theirPeakBytes'])}",
            lambda record: record["peakBytes"] <= record["theirPeakBytes"] / 10,
        )
        self.faster("vocabulary readings of 36,864 vectors, exact top-50 of both ends", "vocabulary-readings", 1.5)
        self.row(
            "… additional memory",
            "< 200 MB",
            "vocabulary-readings",
            lambda record: f"{memory(record['peakBytes'])} (PyTorch {memory(record['theirPeakBytes'])})",
            lambda record: record["peakBytes"] < 200e6,
        )
        self.row(
            "a lens request of the page, `microworld`, 16 tokens, all layers: in the server",
            "≤ 60 ms",
            "lens-request",
            lambda record: spread(record["ours"]),
            lambda record: record["ours"]["median"] <= 0.06,
        )
        self.row(
            "… until drawn",
            "≤ 150 ms",
            "page-drawn",
            lambda record: f"{spread(record['ours'])}; the first of a warm server {seconds(record['first'])}",
            lambda record: record["ours"]["median"] <= 0.15,
        )
        self.faster("greedy generation 64 + 64", "generate", 2)
        self.row(
            "… of the read bandwidth",
            "≥ 70 %",
            "generate",
            self.shares,
            lambda record: fraction(record) >= 0.7,
        )
        self.row(
            "… weights in BF16",
            "≥ 1.6× our float32",
            "generate-bf16",
            lambda record: f"{1 / record['toBaseline']['median']:.2f} ({1 / record['toBaseline']['high']:.2f} – {1 / record['toBaseline']['low']:.2f})×",
            lambda record: 1 / record["toBaseline"]["median"] >= 1.6,
        )
        return self.rows


def every_task(tasks, order):
    rows = []
    for name in order:
        record = tasks.get(name)
        if record is None:
            continue
        theirs = spread(record["theirs"]) if "theirs" in record else "–"
        faster = times(record["faster"]) + "×" if "faster" in record else "–"
        share = f"{100 * fraction(record):.0f} %" if "cost" in record else "–"
        rows.append(
            f"| `{name}` | {spread(record['ours'])} | {theirs} | {faster} | {share} | {memory(record.get('peakBytes'))}"
            f" | {memory(record.get('theirPeakBytes'))} | {record['rounds']} | {record['when']}, `{record['commit']}` |"
        )
    return rows


def write(state, order, path):
    tasks = state["tasks"]
    setup = state.get("setup", {})
    theirs = state.get("theirSetup", {})
    machine = setup.get("machine", {})
    versions = setup.get("versions", {})
    best = best_peaks(tasks)
    lines = [
        "# Results",
        "",
        "Written by [compare.sh](compare.sh) from real runs; not edited by hand. Ours and theirs took turns, round by round, in one run for each task, on one checkpoint",
        "(random weights in the shape of GPT-2 small: 124 million parameters, float32, 498 MB), and what both computed was compared first. Ratios are medians of pairs,",
        "theirs over ours; the intervals hold the true median with at least 95 %, or all rounds where there are fewer than six.",
        "",
        "| | |",
        "| --- | --- |",
        f"| machine | {machine.get('processor')}, {machine.get('processors')} processors, {machine.get('memoryBytes', 0) / 2**30:.0f} GiB, {machine.get('system')} |",
        f"| ours | Lexiscope {versions.get('lexiscope')}, Java {versions.get('jvm')}, libtorch {versions.get('libtorch')}, kernels {setup.get('setup', {}).get('kernels')}, {setup.get('setup', {}).get('threads')} threads |",
        f"| theirs | PyTorch {theirs.get('torch')}, transformers {theirs.get('transformers')}, Python {theirs.get('python')}, {theirs.get('threads')} threads |",
    ]
    if best:
        lines.append(
            f"| the machine's best in these runs | {best['bytesPerSecond'] / 1e9:.1f} GB/s read, {best['operationsPerSecond'] / 1e9:.0f} GFLOP/s multiplied (float32) |"
        )
    if state.get("note"):
        lines.append(f"| circumstances | {state['note']} |")
    lines += ["", "## Goals", "", "| task, GPT-2-small size, float32 | goal | measured | reached |", "| --- | --- | --- | --- |"]
    lines += Goals(tasks).fill()
    lines += [
        "",
        "## Every task",
        "",
        "*of peak*: the time that reading the weights at the read bandwidth, or multiplying at the rate of the fastest product of 1,024³, would take alone, over our time, median of the rounds. Both",
        "are taken just before and just after each round, and the better one counts: neighbours on the host share its memory, whose bandwidth doubles or halves within seconds. *memory*: what the first round adds at most; for `start-to-grid` the whole process. What the tasks are: `lexiscope bench`, [README](README.md).",
        "",
        "| task | ours | PyTorch + Hugging Face | faster | of peak | memory | theirs | rounds | when, commit |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += every_task(tasks, order)
    path.write_text("\n".join(lines) + "\n")
