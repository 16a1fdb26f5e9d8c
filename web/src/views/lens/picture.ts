/** The lens grid and its chart as one sheet, as they leave the page. */
import type { LensResult } from "../../api/types";
import type { ColourBy, ColourScale } from "../../visual/scales";
import type { Mark, Scene } from "../../visual/scene";
import { shortened, visible } from "../../visual/text";
import { cellOf } from "./cells";
import { chartOf, riseOf } from "./chart";
import { tokenAt, type Row } from "./rows";

interface Wanted {
  readonly result: LensResult;
  readonly rows: readonly Row[];
  readonly scale: ColourScale;
  readonly by: ColourBy;
  readonly position: number;
  readonly title: string;
}

const gap = 2;
const left = 58;
const top = 62;

export function sheetOf(wanted: Wanted): Scene {
  const { result, rows, position, title } = wanted;
  const cell = { width: 68, height: rows.length > 24 ? 21 : 32 };
  const width = Math.max(640, left + result.tokens.length * (cell.width + gap) + 16);
  const bottom = top + rows.length * (cell.height + gap);
  const chart = chartOf({
    rows,
    position,
    follow: "probability",
    vocabulary: result.vocabulary,
    width: Math.min(width, 1200),
    height: 160,
  });
  const below = bottom + 58;
  const drawn = chart.series.length > 0;
  return {
    width,
    height: below + (drawn ? 180 : 0),
    marks: [
      { kind: "text", x: 16, y: 24, text: title, size: 13, bold: true, fill: "ink" },
      ...grid(wanted, cell),
      ...legend(wanted, bottom + 18),
      ...(drawn
        ? ([
            {
              kind: "text",
              x: 16,
              y: below - 8,
              text: `Probability at position ${position} “${visible(tokenAt(result, position).text)}”, layer by layer`,
              size: 12,
              bold: true,
              fill: "dim",
            },
            { kind: "group", x: 0, y: below, marks: riseOf(chart).marks },
          ] as const)
        : []),
    ],
  };
}

function grid({ result, rows, scale, by }: Wanted, size: { width: number; height: number }): Mark[] {
  const xOf = (position: number) => left + position * (size.width + gap);
  const heads = result.tokens.map((token, i): Mark => ({
    kind: "text",
    x: xOf(i) + size.width / 2,
    y: top - 8,
    text: shortened(token.text, 9),
    face: "mono",
    anchor: "middle",
    fill: "dim",
  }));
  const lines = rows.flatMap((row, r): Mark[] => {
    const y = top + (rows.length - 1 - r) * (size.height + gap);
    const cells = row.cells.flatMap((reading, i): Mark[] => {
      if (reading === undefined) return [];
      const x = xOf(i);
      const cell = cellOf(reading, { scale, by, targetId: result.target?.id, letters: 8 });
      const ink = cell.paint.ink as `#${string}`;
      return [
        { kind: "rect", x, y, ...size, round: 4, fill: cell.paint.background as `#${string}` },
        {
          kind: "text",
          x: x + 5,
          y: y + (size.height > 24 ? 15 : 14),
          text: cell.word,
          face: "mono",
          bold: cell.hit,
          fill: ink,
        },
        ...(size.height > 24
          ? ([
              {
                kind: "text",
                x: x + size.width - 4,
                y: y + size.height - 4,
                text: cell.corner,
                size: 8.5,
                anchor: "end",
                fill: ink,
              },
            ] as const)
          : []),
      ];
    });
    const label: Mark = {
      kind: "text",
      x: left - 8,
      y: y + size.height / 2 + 4,
      text: row.label,
      anchor: "end",
      fill: "dim",
    };
    return [label, ...cells];
  });
  return [...heads, ...lines];
}

function legend({ result, scale, by }: Wanted, y: number): Mark[] {
  const { label, low, high, stops } = scale.legend;
  const from = left + (label.length + low.length + 2) * 5.6 + 6;
  const corner =
    by === "entropy"
      ? `    small number: entropy in ${result.units.entropy}`
      : result.target === undefined
        ? ""
        : `    small number: rank of ${visible(result.target.text)} among ${result.vocabulary}`;
  return [
    { kind: "text", x: left, y, text: `${label}: ${low}`, fill: "dim" },
    ...stops.map((colour, i): Mark => ({
      kind: "rect",
      x: from + i * 12,
      y: y - 9,
      width: 12,
      height: 10,
      fill: colour as `#${string}`,
    })),
    { kind: "text", x: from + stops.length * 12 + 6, y, text: high + corner, fill: "dim" },
  ];
}
