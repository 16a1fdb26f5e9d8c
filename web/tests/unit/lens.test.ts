import { describe, expect, it } from "vitest";
import { svgOf } from "../../src/visual/scene";
import { scaleFor } from "../../src/views/lens/colour";
import { originOf } from "../../src/state/key";
import { chartOf } from "../../src/views/lens/chart";
import { sheetOf } from "../../src/views/lens/picture";
import { places, pointNamed, rowsOf } from "../../src/views/lens/rows";
import { info, lens, lensHead } from "../fixtures";

describe("the rows of the grid", () => {
  it("are what enters the first block, then every layer", () => {
    expect(rowsOf(lens).map((r) => r.label)).toEqual(["embed", "0", "1", "2", "3", "4", "5"]);
  });

  it("hold every reading exactly once, at its position", () => {
    const cells = rowsOf(lens).flatMap((r) => r.cells);

    expect(new Set(cells)).toEqual(new Set(lens.readings));
    expect(cells).toHaveLength(lens.readings.length);
    for (const row of rowsOf(lens))
      expect(row.cells.map((c) => c?.position)).toEqual(lens.tokens.map((_, i) => i));
  });

  it("leave positions empty that were not read", () => {
    const partial = { ...lens, readings: lens.readings.filter((r) => r.position === 13) };

    expect(rowsOf(partial)[0]?.cells.filter((c) => c !== undefined)).toHaveLength(1);
    expect(rowsOf(partial)[0]?.cells).toHaveLength(14);
  });

  it("of a head are layers", () => {
    expect(rowsOf(lensHead).map((r) => r.label)).toEqual(["0", "1", "2", "3", "4", "5"]);
  });
});

describe("the places asked for", () => {
  const asked = (label: string, positions = 14) => {
    const point = pointNamed(info.catalogue, label);
    if (point === undefined) throw new Error(`no hook point ${label} in the fixture`);
    return places({ point, catalogue: info.catalogue, layers: info.layers, positions, head: 3, neuron: 5 });
  };

  it("put the embedding under the residual stream", () => {
    expect(asked("resid_post").at).toEqual(["blocks.0.hook_resid_pre", "blocks.*.hook_resid_post"]);
  });

  it("name a head only where there are heads", () => {
    expect(asked("attn.result").heads).toEqual([3]);
    expect(asked("attn_out")).not.toHaveProperty("heads");
  });

  it("want fewer words a cell when there are very many cells", () => {
    expect(asked("attn_out").top).toBe(10);
    expect(asked("attn_out", 4000).top).toBe(3);
  });
});

describe("the chart over layers", () => {
  const chart = (follow: "probability" | "rank") =>
    chartOf({
      rows: rowsOf(lens),
      position: 13,
      follow,
      vocabulary: lens.vocabulary,
      width: 800,
      height: 150,
    });

  it("has a point per row for the target and its rival", () => {
    expect(chart("probability").series.map((s) => [s.role, s.name, s.points.length])).toEqual([
      ["target", " Mary", 7],
      ["rival", " John", 7],
    ]);
  });

  it("keeps every point inside the plot", () => {
    for (const follow of ["probability", "rank"] as const) {
      const { plot, series } = chart(follow);
      for (const p of series.flatMap((s) => s.points)) {
        expect(p.y).toBeGreaterThanOrEqual(plot.top);
        expect(p.y).toBeLessThanOrEqual(plot.bottom);
        expect(p.x).toBeLessThanOrEqual(plot.right);
      }
    }
  });

  it("zooms in on small probabilities and says so at the axis", () => {
    const rows = rowsOf({
      ...lens,
      readings: lens.readings.map((r) => {
        const small = (t: typeof r.target) => (t === undefined ? undefined : { ...t, probability: 0.015 });
        return { ...r, target: small(r.target), against: small(r.against) } as typeof r;
      }),
    });
    const { yTicks } = chartOf({
      rows,
      position: 13,
      follow: "probability",
      vocabulary: 4096,
      width: 800,
      height: 150,
    });

    expect(yTicks.map((t) => t.label)).toEqual(["0", "0.01", "0.02"]);
  });

  it("draws rank 1 at the top", () => {
    const first = chart("rank").series[0]?.points.at(-1);

    expect(first?.y).toBeCloseTo(chart("rank").plot.top, 6);
  });

  it("moves labels apart that would touch", () => {
    const rows = rowsOf({
      ...lens,
      readings: lens.readings.map((r) =>
        r.target === undefined ? r : { ...r, against: { ...r.target, id: 5, text: " John" } },
      ),
    });
    const [a, b] = chartOf({
      rows,
      position: 13,
      follow: "probability",
      vocabulary: 4096,
      width: 800,
      height: 150,
    }).series;

    expect(Math.abs((a?.labelY ?? 0) - (b?.labelY ?? 0))).toBeGreaterThanOrEqual(14);
  });
});

describe("the exported files", () => {
  const draw = (theme: "light" | "dark") =>
    svgOf(
      sheetOf({
        result: lens,
        rows: rowsOf(lens),
        scale: scaleFor("probability", lens, theme),
        by: "probability",
        position: 13,
        title: "microworld · resid_post",
      }),
      theme,
      "microworld · resid_post",
      `${originOf(lens.provenance)} · ${lens.convention.description}`,
    );

  it.each(["light", "dark"] as const)("the %s picture is as it was", (theme) => {
    expect(draw(theme)).toMatchSnapshot();
  });

  it("the picture is well-formed and says where it comes from", () => {
    const document = new DOMParser().parseFromString(draw("light"), "image/svg+xml");

    expect(document.querySelectorAll("rect").length).toBeGreaterThan(98);
    expect(document.querySelector("desc")?.textContent).toContain(lens.provenance.weightHash.slice(0, 12));
  });
});
