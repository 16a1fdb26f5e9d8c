import { flushSync, mount, unmount } from "svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import Segmented from "../../src/parts/Segmented.svelte";
import SignedBars from "../../src/parts/SignedBars.svelte";
import WordBars from "../../src/parts/WordBars.svelte";
import { signed } from "../../src/visual/text";
import { probabilityScale } from "../../src/visual/scales";
import LensGrid from "../../src/views/lens/LensGrid.svelte";
import LensInspector from "../../src/views/lens/LensInspector.svelte";
import RiseChart from "../../src/views/lens/RiseChart.svelte";
import { rowsOf } from "../../src/views/lens/rows";
import { attribution, lens } from "../fixtures";

let drawn: Record<string, unknown> | undefined;

function draw<P extends Record<string, unknown>>(
  component: Parameters<typeof mount<P, Record<string, unknown>>>[0],
  props: P,
): HTMLElement {
  const target = document.createElement("div");
  document.body.append(target);
  drawn = mount<P, Record<string, unknown>>(component, { target, props } as Parameters<
    typeof mount<P, Record<string, unknown>>
  >[1]);
  flushSync();
  return target;
}

/** Markup without the class names that change with every edit of a style. */
function markup(element: Element | null): string {
  return (element?.outerHTML ?? "")
    .replaceAll(/ ?svelte-[a-z0-9]+/g, "")
    .replaceAll("<!---->", "")
    .replaceAll(' class=""', "");
}

afterEach(async () => {
  if (drawn !== undefined) await unmount(drawn);
  document.body.replaceChildren();
});

const rows = rowsOf(lens);

function gridProps() {
  return {
    tokens: lens.tokens,
    rows,
    scale: probabilityScale("light"),
    by: "probability" as const,
    targetId: lens.target?.id,
    pinned: { row: 6, position: 13 },
    previous: false,
    pin: vi.fn(),
    hover: vi.fn(),
    aim: vi.fn(),
    compare: vi.fn(),
  };
}

describe("the lens grid", () => {
  it("is a grid with the last layer on top and the embedding at the bottom", () => {
    const page = draw(LensGrid, gridProps());

    expect(page.querySelector('[role="grid"]')?.getAttribute("aria-rowcount")).toBe("8");
    expect([...page.querySelectorAll("tbody th")].map((h) => h.textContent)).toEqual([
      "5",
      "4",
      "3",
      "2",
      "1",
      "0",
      "embed",
    ]);
    expect(page.querySelectorAll('[role="gridcell"]')).toHaveLength(98);
  });

  it("draws a cell as it did", () => {
    const page = draw(LensGrid, gridProps());

    expect(markup(page.querySelector('[data-row="6"][data-position="13"]'))).toMatchSnapshot();
  });

  it("has one cell in the tab order and moves it with the arrows", () => {
    const page = draw(LensGrid, gridProps());
    const table = page.querySelector("table");

    table?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
    table?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
    flushSync();
    const reachable = [...page.querySelectorAll<HTMLElement>('td[tabindex="0"]')];

    expect(reachable.map((c) => [c.dataset["row"], c.dataset["position"]])).toEqual([["5", "12"]]);
  });

  it("pins by click and by Enter, and sets the target by T", () => {
    const props = gridProps();
    const page = draw(LensGrid, props);

    page.querySelector<HTMLElement>('[data-row="2"][data-position="4"] .word')?.click();
    const table = page.querySelector("table");
    table?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true }));
    table?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    table?.dispatchEvent(new KeyboardEvent("keydown", { key: "t", bubbles: true }));

    expect(props.pin.mock.calls).toEqual([
      [2, 4],
      [6, 13],
    ]);
    expect(props.aim).toHaveBeenCalledWith(rows[6]?.cells[13]);
  });

  it("marks the cells whose first word is the target", () => {
    const page = draw(LensGrid, gridProps());
    const marked = [...page.querySelectorAll<HTMLElement>(".hit")].map(
      (c) => rows[Number(c.dataset["row"])]?.cells[Number(c.dataset["position"])],
    );

    expect(marked.length).toBeGreaterThan(0);
    expect(marked.every((r) => r?.target?.rank === 1)).toBe(true);
  });

  it("draws only the columns in sight of a long prompt", () => {
    const many = 400;
    const tokens = Array.from({ length: many }, (_, i) => ({ id: i, text: ` w${i}` }));
    const reading = lens.readings[0];
    if (reading === undefined) throw new Error("the fixture has no reading");
    const long = rows.map((row) => ({
      ...row,
      cells: tokens.map((_, position) => ({ ...reading, at: row.at, position })),
    }));
    const page = draw(LensGrid, { ...gridProps(), tokens, rows: long, pinned: { row: 0, position: 0 } });

    expect(page.querySelector('[role="grid"]')?.getAttribute("aria-colcount")).toBe("401");
    expect(page.querySelectorAll('[role="gridcell"]').length).toBeLessThan(7 * 60);
  });
});

describe("the inspector", () => {
  const props = () => ({
    reading: lens.readings.find((r) => r.layer === 3 && r.position === 13) ?? lens.readings[0],
    detail: lens.readings.find((r) => r.layer === 3 && r.position === 13) ?? lens.readings[0],
    attribution: { result: attribution, problem: undefined, loading: false },
    summable: true,
    point: "resid_post",
    where: "layer 3",
    token: " to",
    convention: lens.convention.description,
    units: lens.units,
    aim: vi.fn(),
  });

  it("states the sum of what was written", () => {
    const page = draw(LensInspector, props() as never);

    expect(page.textContent?.replaceAll(/\s+/g, " ")).toContain(
      `sums to ${signed(attribution.sum)} logits, the difference read at this point`,
    );
  });

  it("says what is missing where nothing can be summed", () => {
    const page = draw(LensInspector, { ...props(), summable: false } as never);

    expect(page.textContent).toContain("Shown in the residual stream only");
  });
});

describe("small parts", () => {
  it("word bars name the words, their probabilities and the rest", () => {
    const reading = lens.readings.at(-1);
    const page = draw(WordBars, { words: reading?.top ?? [], targetId: lens.target?.id, otherMass: 0.08 });

    expect(page.querySelectorAll('[role="listitem"]')).toHaveLength(4);
    expect(page.textContent).toContain("all other words 0.080");
    expect(page.querySelector(".target .word")?.textContent).toBe("␣Mary");
  });

  it("signed bars grow from the middle to their side", () => {
    const page = draw(SignedBars, {
      bars: [
        { label: "a", value: 2, title: "" },
        { label: "a", value: -1, title: "" },
      ],
    });
    const [up, down] = [...page.querySelectorAll(".bar")].map((b) => ({
      x: Number(b.getAttribute("x")),
      width: Number(b.getAttribute("width")),
    }));

    // The smaller one ends where the larger one begins, and is half as long.
    expect((down?.x ?? 0) + (down?.width ?? 0)).toBeCloseTo(up?.x ?? 0, 2);
    expect(down?.width).toBeCloseTo((up?.width ?? 0) / 2, 2);
    expect([...page.querySelectorAll("li")].map((l) => l.textContent)).toEqual(["a +2.00", "a −1.00"]);
  });

  it("the chart draws as it did", () => {
    const page = draw(RiseChart, {
      rows,
      position: 13,
      token: " to",
      vocabulary: 4096,
      accumulates: true,
      at: "resid_post",
      pinnedRow: 6,
      pin: vi.fn(),
    });

    expect(markup(page.querySelector("svg"))).toMatchSnapshot();
  });

  it("a segmented choice leaves out what is disabled", () => {
    const choose = vi.fn();
    const page = draw(Segmented as never, {
      label: "Colour",
      choices: [
        { value: "a", label: "a" },
        { value: "b", label: "b", disabled: true },
        { value: "c", label: "c" },
      ],
      value: "a",
      choose,
    });

    page
      .querySelector('[role="radiogroup"]')
      ?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));

    expect(choose).toHaveBeenCalledWith("c");
  });
});
