import { mount, unmount } from "svelte";
import { describe, expect, it, vi } from "vitest";
import appCss from "../../src/app.css?raw";
import Picture from "../../src/parts/Picture.svelte";
import { barsOf } from "../../src/visual/bars";
import { contrast, minimumContrast } from "../../src/visual/scales";
import { svgOf, type Scene } from "../../src/visual/scene";
import { tokens, type Token } from "../../src/visual/tokens";
import { sheetOf } from "../../src/views/neurons/picture";
import { ffn } from "../fixtures";

const scene: Scene = {
  width: 100,
  height: 40,
  marks: [
    { kind: "rect", x: 0, y: 0, width: 10, height: 10, round: 2, fill: "target" },
    { kind: "line", look: "rule", at: [0, 1, 2, 3], stroke: "line", dash: "4 4" },
    { kind: "group", x: 5, y: 6, marks: [{ kind: "dot", x: 1, y: 2, r: 3, fill: "#123456", edge: "panel" }] },
    { kind: "path", d: "M0 0L9 9", stroke: "accent" },
    { kind: "text", x: 1, y: 2, text: 'a < "b"', fill: "ink", face: "mono", bold: true, halo: "panel" },
  ],
  hits: [{ x: 0, y: 0, width: 10, height: 10, says: "the first", datum: 7 }],
};

function onPage(props: { scene: Scene; press?: (datum: number) => void }): {
  svg: SVGElement;
  leave: () => void;
} {
  const target = document.createElement("div");
  document.body.append(target);
  const drawn = mount(Picture, { target, props });
  const svg = target.querySelector("svg");
  if (svg === null) throw new Error("expected a picture");
  return { svg, leave: () => void unmount(drawn) };
}

/** Tag, attributes without colours and typefaces, and text of every element in order. */
function shapes(root: Element): string[] {
  return [...root.querySelectorAll("rect, line, g, circle, path, text")].map((e) => {
    const own = [...e.attributes]
      .filter(({ name }) => !["fill", "stroke", "font-family", "xmlns"].includes(name))
      .map(({ name, value }) => `${name}=${value.replace(/ ?svelte-\w+/, "")}`)
      .filter((written) => written !== "class=");
    return `${e.tagName} ${own.sort().join(" ")} ${e.tagName === "text" ? e.textContent : ""}`;
  });
}

describe("a scene", () => {
  it("is the same on the page and in a file, but for the hits and the ground", () => {
    const { svg, leave } = onPage({ scene: { ...scene, hits: [] } });
    const file = new DOMParser().parseFromString(svgOf(scene, "light", "t"), "image/svg+xml").documentElement;

    expect(shapes(file).slice(1)).toEqual(shapes(svg));
    expect(shapes(svg)).toHaveLength(6);
    leave();
  });

  it("names the colours of the theme on the page, and writes them out in a file", () => {
    const { svg, leave } = onPage({ scene });

    expect(svg.querySelector("rect")?.getAttribute("fill")).toBe("var(--target)");
    expect(svgOf(scene, "dark", "t")).toContain(`fill="${tokens.dark.target}"`);
    expect(svgOf(scene, "light", "t")).not.toContain("var(");
    leave();
  });

  it("hands back what was pressed", () => {
    const press = vi.fn();
    const { svg, leave } = onPage({ scene, press });

    svg.querySelector("rect:has(title)")?.dispatchEvent(new MouseEvent("click", { bubbles: true }));

    expect(press).toHaveBeenCalledWith(7);
    leave();
  });

  it("escapes words, and says what it is and where it comes from", () => {
    const file = new DOMParser().parseFromString(
      svgOf(scene, "light", "x & y", "weights <1>"),
      "image/svg+xml",
    );

    expect(["text", "title", "desc"].map((tag) => file.querySelector(tag)?.textContent)).toEqual([
      'a < "b"',
      "x & y",
      "weights <1>",
    ]);
  });
});

describe("colours of scenes", () => {
  const [light = "", dark = ""] = [":root {", '[data-theme="dark"] {'].map(
    (start) => appCss.slice(appCss.indexOf(start)).split("}")[0],
  );

  it.each(["light", "dark"] as const)("are those of the page, %s", (theme) => {
    const css = theme === "light" ? light : dark;
    for (const [name, colour] of Object.entries(tokens[theme]))
      expect(css).toContain(`--${name}: ${colour};`);
  });

  it.each(["light", "dark"] as const)("of words can be read, %s", (theme) => {
    const words: Token[] = ["ink", "dim", "faint", "accent-ink", "target-ink"];
    for (const name of words)
      expect(contrast(tokens[theme][name], tokens[theme].panel)).toBeGreaterThanOrEqual(minimumContrast);
  });
});

describe("bars", () => {
  it("share one scale", () => {
    const bars = barsOf(
      [4, -2, null].map((value, i) => ({ label: String(i), value, title: "" })),
      400,
    );
    const widths = bars.marks.flatMap((m) => (m.kind === "rect" ? [m.width] : []));

    expect(widths[0]).toBeCloseTo(2 * (widths[1] ?? 0), 10);
    expect(widths[2]).toBe(1);
  });
});

it("the account of the layers has a bar and its first neurons for each", () => {
  const { marks } = sheetOf(ffn, "title");
  const names = marks.flatMap((m) =>
    m.kind === "text" && m.face === "mono" && /^L\d/.test(m.text) ? [m.text] : [],
  );

  expect(marks.filter((m) => m.kind === "rect")).toHaveLength(ffn.layers.length);
  expect(names).toEqual(ffn.layers.toReversed().flatMap((l) => l.subUpdates.slice(0, 3).map((u) => u.name)));
});
