import { describe, expect, it } from "vitest";
import { aligned, curveOf, usual, within } from "../../src/views/inversion/inversion.svelte";
import { invert } from "../fixtures";

describe("a set of inputs", () => {
  it("is shown at the bound that was asked for until the slider moves", () => {
    const point = invert.curve[usual(invert)];

    expect(point?.epsilon).toBe(invert.epsilon);
    expect(point?.size).toBe(invert.size);
  });

  it("grows along its curve", () => {
    const [series] = curveOf(invert).series;
    const sizes = series?.points.map((p) => p.y) ?? [];

    expect(sizes).toHaveLength(invert.curve.length);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
  });

  it("holds what is as near as the bound, and nothing whose distance is no number", () => {
    expect(within(0.1, 0.1)).toBe(true);
    expect(within(0.11, 0.1)).toBe(false);
    expect(within(null, 0.1)).toBe(false);
  });

  it("shows which tokens differ from the query's, and at which the activations were compared", () => {
    const tokens = [{ text: "B" }, { text: "6" }, { text: "=" }];
    const sample = { text: "B5=7", tokens: ["B", "5", "=", "7"], distance: 0, position: 2, accepted: true };

    const shown = aligned(sample, tokens);

    expect(shown.map((t) => t.same)).toEqual([true, false, true, true]);
    expect(shown.map((t) => t.matched)).toEqual([false, false, true, false]);
  });
});
