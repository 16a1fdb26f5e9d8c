/** The Heads view as scenes: the map of all heads, the pattern of one, and its arcs over the tokens. */
import type { HeadReading, HeadsResult, TokenView } from "../../api/types";
import type { Hit, Mark, Scene } from "../../visual/scene";
import { probabilityScale, type ColourScale, type Theme } from "../../visual/scales";
import { shortened, signed } from "../../visual/text";
import { rowsOf } from "./names";

const cell = 46;
const left = 70;
const top = 44;

export function mapOf(
  result: HeadsResult,
  value: (head: HeadReading) => number | undefined,
  title: string,
  scale: ColourScale,
): Scene {
  const rows = rowsOf(result);
  const columns = Math.max(1, ...rows.map(([, heads]) => heads.length));
  const values = result.heads.map((h) => Math.abs(value(h) ?? 0));
  const most = Math.max(1e-9, ...values);
  const marks: Mark[] = [{ kind: "text", x: 12, y: 20, text: title, fill: "ink", size: 12, bold: true }];
  rows.forEach(([layer, heads], row) => {
    const y = top + row * (cell * 0.7);
    marks.push({
      kind: "text",
      x: left - 10,
      y: y + 19,
      text: `layer ${layer}`,
      fill: "dim",
      anchor: "end",
    });
    heads.forEach((head, column) => {
      const x = left + column * cell;
      const own = value(head);
      marks.push({
        kind: "rect",
        x,
        y,
        width: cell - 4,
        height: cell * 0.7 - 4,
        round: 5,
        fill: scale.of(own).background as `#${string}`,
      });
      const strong = own !== undefined && Math.abs(own) > most * 0.02;
      if (strong)
        marks.push({
          kind: "text",
          x: x + cell / 2 - 2,
          y: y + 18,
          text: signed(own, 1),
          fill: scale.of(own).ink as `#${string}`,
          size: 10,
          anchor: "middle",
        });
    });
  });
  for (let column = 0; column < columns; column++)
    marks.push({
      kind: "text",
      x: left + column * cell + cell / 2 - 2,
      y: top - 6,
      text: String(column),
      fill: "faint",
      size: 10,
      anchor: "middle",
    });
  return {
    width: left + columns * cell + 10,
    height: top + rows.length * cell * 0.7 + 12,
    marks,
  };
}

/** What one head looks at, row by row. */
export function patternOf(
  pattern: readonly (readonly (number | null)[])[],
  tokens: readonly TokenView[],
  theme: Theme,
): Scene {
  const scale = probabilityScale(theme, "attention");
  const size = Math.max(3, Math.min(16, 260 / Math.max(1, pattern.length)));
  const label = size >= 9 ? 74 : 8;
  const marks: Mark[] = [];
  const hits: Hit[] = [];
  pattern.forEach((row, query) => {
    if (label > 8)
      marks.push({
        kind: "text",
        x: label - 5,
        y: query * size + size - 3,
        text: shortened(tokens[query]?.text ?? "", 10),
        fill: "dim",
        size: 9,
        anchor: "end",
        face: "mono",
      });
    row.forEach((weight, key) => {
      const width = size - 1;
      marks.push({
        kind: "rect",
        x: label + key * size,
        y: query * size,
        width,
        height: width,
        fill: scale.of(weight).background as `#${string}`,
      });
      hits.push({
        x: label + key * size,
        y: query * size,
        width,
        height: width,
        says: `${shortened(tokens[query]?.text ?? "", 12)} looks at ${shortened(tokens[key]?.text ?? "", 12)}: ${(weight ?? 0).toFixed(3)}`,
        datum: query,
      });
    });
  });
  const side = pattern.length * size;
  return { width: label + side + 2, height: side + 2, marks, hits };
}

/** Where a head looks from one position, as arcs over the tokens. */
export function arcsOf(head: HeadReading | undefined, tokens: readonly TokenView[], width: number): Scene {
  const step = width / Math.max(1, tokens.length);
  const base = 64;
  const at = (position: number) => step * (position + 0.5);
  const marks: Mark[] = tokens.map((token, i) => ({
    kind: "text",
    x: at(i),
    y: base + 14,
    text: shortened(token.text, Math.max(2, Math.floor(step / 7))),
    fill: i === head?.position ? "accent-ink" : "ink",
    size: 11,
    anchor: "middle",
    face: "mono",
  }));
  for (const one of head?.attends ?? []) {
    const from = at(head?.position ?? 0);
    const to = at(one.position);
    const lift = Math.min(54, 12 + Math.abs(from - to) / 6);
    marks.unshift({
      kind: "path",
      d:
        from === to
          ? `M${from - 5} ${base} a5 7 0 1 1 10 0`
          : `M${from} ${base} C${from} ${base - lift} ${to} ${base - lift} ${to} ${base}`,
      stroke: (one.push ?? 0) < 0 ? "accent" : "target",
      width: 0.8 + 4 * (one.weight ?? 0),
    });
  }
  return { width, height: base + 24, marks };
}
