/** The chart over layers: from readings to a scene. */
import { scaleLinear, scaleLog } from "d3-scale";
import { line } from "d3-shape";
import type { TargetReading } from "../../api/types";
import type { Hit, Mark, Scene } from "../../visual/scene";
import { count, probability, shortened, visible } from "../../visual/text";
import type { Row } from "./rows";

export type Follow = "probability" | "rank";

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly row: number;
  readonly title: string;
}

export interface Series {
  readonly role: "target" | "rival";
  readonly name: string;
  readonly path: string;
  readonly points: readonly Point[];
  readonly labelY: number;
}

export interface Chart {
  readonly width: number;
  readonly height: number;
  readonly plot: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  readonly series: readonly Series[];
  readonly xTicks: readonly { readonly x: number; readonly label: string; readonly row: number }[];
  readonly yTicks: readonly { readonly y: number; readonly label: string }[];
  readonly xOf: (row: number) => number;
}

interface Wanted {
  readonly rows: readonly Row[];
  readonly position: number;
  readonly follow: Follow;
  readonly vocabulary: number;
  readonly width: number;
  readonly height: number;
}

const apart = 14;

export function chartOf({ rows, position, follow, vocabulary, width, height }: Wanted): Chart {
  const plot = { left: 46, right: width - 92, top: 12, bottom: height - 24 };
  const xOf = scaleLinear()
    .domain([0, Math.max(1, rows.length - 1)])
    .range([plot.left + 8, plot.right]);
  const ceiling = ceilingOf(rows, position);
  const yOf =
    follow === "probability"
      ? scaleLinear().domain([0, ceiling]).range([plot.bottom, plot.top])
      : scaleLog()
          .domain([Math.max(2, vocabulary), 1])
          .range([plot.bottom, plot.top]);

  const series = (["target", "rival"] as const).flatMap((role) => {
    const readings = rows.map((row) => row.cells[position]?.[role === "target" ? "target" : "against"]);
    const points = readings.flatMap((reading, row) => pointOf(reading, rows[row], row));
    const name = readings.find((r) => r !== undefined)?.text;
    if (name === undefined || points.length === 0) return [];
    const path = line<Point>(
      (p) => p.x,
      (p) => p.y,
    )(points);
    return [{ role, name, path: path ?? "", points, labelY: points.at(-1)?.y ?? plot.top }];
  });

  function pointOf(reading: TargetReading | undefined, row: Row | undefined, index: number): Point[] {
    if (reading === undefined || row === undefined) return [];
    const value = follow === "probability" ? reading.probability : reading.rank;
    if (value === null) return [];
    const where = row.layer === undefined || row.label === "embed" ? row.label : `layer ${row.label}`;
    const title = `${where}: probability ${probability(reading.probability)}, rank ${count(reading.rank)}`;
    return [{ x: xOf(index), y: yOf(value), row: index, title }];
  }

  const stride = Math.ceil((rows.length * 46) / (plot.right - plot.left));
  return {
    width,
    height,
    plot,
    series: spread(series, plot.bottom),
    xTicks: rows.flatMap((row, i) =>
      i === 0 || i === rows.length - 1 || (i % stride === 0 && i + stride / 2 < rows.length)
        ? [
            {
              x: xOf(i),
              label: row.layer === undefined || row.label === "embed" ? row.label : `layer ${row.label}`,
              row: i,
            },
          ]
        : [],
    ),
    yTicks:
      follow === "probability"
        ? [0, 0.5, 1].map((v) => ({ y: yOf(v * ceiling), label: String(v * ceiling) }))
        : [1, 10, 100, 1000, 10_000, 100_000]
            .filter((v) => v <= vocabulary)
            .map((v) => ({ y: yOf(v), label: count(v) })),
    xOf,
  };
}

/** The smallest round probability that holds every point, so that small ones are not flattened. */
function ceilingOf(rows: readonly Row[], position: number): number {
  const most = rows.reduce((m, row) => {
    const cell = row.cells[position];
    return Math.max(m, cell?.target?.probability ?? 0, cell?.against?.probability ?? 0);
  }, 0);
  return [0.001, 0.002, 0.01, 0.02, 0.1, 0.2, 0.4].find((c) => most <= c) ?? 1;
}

/** Moves the labels at the line ends apart where they would touch. */
function spread(series: readonly Series[], bottom: number): readonly Series[] {
  const [a, b] = series;
  if (a === undefined || b === undefined || Math.abs(a.labelY - b.labelY) >= apart) return series;
  const middle = Math.min(bottom - apart / 2, (a.labelY + b.labelY) / 2);
  const sign = a.labelY <= b.labelY ? -1 : 1;
  return [
    { ...a, labelY: middle + (sign * apart) / 2 },
    { ...b, labelY: middle - (sign * apart) / 2 },
  ];
}

const tick = { kind: "text", look: "tick", fill: "faint", size: 10.5 } as const;

/** The chart as it is drawn; the pinned row stands out where there is one. */
export function riseOf(chart: Chart, pinned?: number): Scene {
  const { plot, xOf, width, height } = chart;
  const marks: Mark[] = chart.yTicks.flatMap(({ y, label }): Mark[] => [
    { kind: "line", look: "rule", at: [plot.left, y, plot.right, y], stroke: "line" },
    { ...tick, x: plot.left - 7, y: y + 3.5, text: label, anchor: "end" },
  ]);
  if (pinned !== undefined) {
    const x = xOf(pinned);
    marks.push({
      kind: "line",
      look: "pin",
      at: [x, plot.top, x, plot.bottom],
      stroke: "line-strong",
      dash: "2 3",
    });
  }
  for (const { x, label, row } of chart.xTicks) {
    const on = row === pinned;
    const look = on ? ({ fill: "ink", bold: true } as const) : {};
    marks.push({ ...tick, ...look, x, y: height - 6, text: label, anchor: "middle" });
  }
  for (const { role, name, path, points, labelY } of chart.series.toReversed()) {
    const stroke = role === "target" ? "target" : "accent";
    marks.push(
      role === "target"
        ? { kind: "path", look: role, d: path, stroke, width: 2.5 }
        : { kind: "path", look: role, d: path, stroke, dash: "5 3" },
      {
        kind: "text",
        look: "name",
        x: plot.right + 9,
        y: labelY + 4,
        text: shortened(name, 10),
        face: "mono",
        size: 11.5,
        bold: role === "target",
        fill: `${stroke}-ink`,
      },
      ...points.map(({ x, y, row }): Mark => ({
        kind: "dot",
        look: role,
        x,
        y,
        r: row === pinned ? 4.5 : 3.2,
        fill: stroke,
        edge: "panel",
      })),
    );
  }
  const hits = chart.series.toReversed().flatMap(({ name, points }) =>
    points.map(({ x, y, row, title }): Hit => ({
      x: x - 9,
      y: y - 9,
      width: 18,
      height: 18,
      says: `${visible(name)}, ${title}`,
      datum: row,
    })),
  );
  return { width, height, marks, hits };
}
