import { describe, expect, it } from "vitest";
import detoxJson from "../fixtures/detox.json";
import type { DetoxResult } from "../../src/api/types";
import { examplesOf, plotsOfDoses } from "../../src/views/edits/detox.svelte";
import { plotOf, said, sheetOf, type PlotSpec } from "../../src/visual/plot";
import { svgOf } from "../../src/visual/scene";

const spec: PlotSpec = {
  title: "Dose and response",
  width: 400,
  height: 200,
  x: { label: "dose", format: String, ticks: [2, 4] },
  y: { label: "share", format: (v) => `${Math.round(100 * v)} %`, holds: [0] },
  series: [
    {
      name: "chosen",
      role: "main",
      points: [
        { x: 2, y: 0.5, low: 0.4, high: 0.6 },
        { x: 4, y: 0.25, low: 0.2, high: 0.3 },
      ],
    },
    { name: "control", role: "control", joined: false, points: [{ x: 4, y: 1 }] },
  ],
  levels: [{ name: "no change", y: 0.75 }],
};

describe("a plot", () => {
  it("stands higher where the value is larger, on one scale for all series", () => {
    const [first, second, control] = plotOf(spec).placed;

    expect(first?.py).toBeLessThan(second?.py ?? 0);
    expect(control?.py).toBeLessThan(first?.py ?? 0);
    expect(control?.px).toBe(second?.px);
    // Half of the axis between 0 and 1 lies at half of its height.
    const zero = plotOf(spec).marks.find((m) => m.kind === "line" && m.look === "zero");
    const bottom = zero?.kind === "line" ? zero.at[1] : Number.NaN;
    expect((bottom - (first?.py ?? 0)) / (bottom - (control?.py ?? 0))).toBeCloseTo(0.5, 10);
  });

  it("draws an interval as a line with two ends around its point", () => {
    const plot = plotOf(spec);
    const [first] = plot.placed;
    const whiskers = plot.marks.filter((m) => m.kind === "line" && m.look === "main");

    expect(whiskers).toHaveLength(6);
    const [line] = whiskers;
    if (line?.kind !== "line" || first === undefined) throw new Error("expected a line");
    expect(line.at[0]).toBe(first.px);
    expect(line.at[1] - first.py).toBeCloseTo(first.py - line.at[3], 10);
  });

  it("joins points only where they are joined, and writes words over lines", () => {
    const { marks } = plotOf(spec);

    expect(marks.filter((m) => m.kind === "path")).toHaveLength(1);
    const words = marks.findIndex((m) => m.kind === "text");
    expect(marks.slice(words).every((m) => m.kind === "text")).toBe(true);
  });

  it("writes the names of points that lie close on sides where they cover no other", () => {
    const points = [
      { x: 2, y: 0.5, label: "one of the rules" },
      { x: 2.1, y: 0.51, label: "another rule" },
      { x: 2.05, y: 0.49, label: "a third" },
    ];
    const { marks } = plotOf({
      ...spec,
      series: [{ name: "rules", role: "main", joined: false, points }],
      levels: [],
    });

    const names = points.map(({ label }) => {
      const mark = marks.find((m) => m.kind === "text" && m.text === label);
      if (mark?.kind !== "text") throw new Error(`expected ${label}`);
      const wide = label.length * 6.2;
      const left = mark.anchor === "end" ? mark.x - wide : mark.x;
      return { left, right: left + wide, y: mark.y };
    });
    for (const [i, name] of names.entries())
      for (const other of names.slice(i + 1))
        expect(name.right < other.left || name.left > other.right || Math.abs(name.y - other.y) > 11).toBe(
          true,
        );
  });

  it("says a point with its interval", () => {
    const [first] = plotOf(spec).placed;

    expect(first && said(spec, first)).toBe("chosen, dose 2: share 50 % (95 % interval 40 % to 60 %)");
  });

  it("survives without points", () => {
    const empty = plotOf({ ...spec, series: [], levels: [] });

    expect(empty.placed).toHaveLength(0);
    expect(JSON.stringify(empty.marks)).not.toContain("null");
  });

  it("leaves the page as one document with every word escaped", () => {
    const svg = svgOf(sheetOf([{ ...spec, title: "a < b" }], "x & y"), "dark", "x & y");

    expect(svg).toContain("a &lt; b");
    expect(svg).toContain("x &amp; y");
    expect(new DOMParser().parseFromString(svg, "image/svg+xml").querySelectorAll("circle").length).toBe(5);
  });
});

describe("the detoxification", () => {
  const result = detoxJson as DetoxResult;

  it("plots every dose, and the controls beside them", () => {
    const [toxicity, cost] = plotsOfDoses(result);

    expect(toxicity?.series[0]?.points.map((p) => p.x)).toEqual([2, 4, 6, 8, 12, 16]);
    expect(toxicity?.levels?.map((l) => l.name)).toEqual(["no change", "word filter"]);
    expect(cost?.series.map((s) => s.name)).toEqual(["chosen vectors", "random vectors of the same layers"]);
  });

  it("tells answers apart at a whole word", () => {
    const [first] = examplesOf(result);

    expect(first?.shared.endsWith(" ")).toBe(true);
    expect(first?.before).not.toBe(first?.after);
    expect(`${first?.shared}${first?.before}`).toBe(result.baseline.examples[0]);
  });
});
