/** A plot with real axes as a scene: from numbers with intervals to marks. */
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { Mark, Paint, Scene } from "./scene";

/** Who a series is: the one looked at, the one beside it, or a control. */
export type Role = "main" | "beside" | "control";

export interface PlotPoint {
  readonly x: number;
  readonly y: number;
  /** The ends of its interval, where it has one. */
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** Written beside it. */
  readonly label?: string | undefined;
}

export interface PlotSeries {
  readonly name: string;
  readonly role: Role;
  readonly points: readonly PlotPoint[];
  /** Whether its points are joined; they are unless told otherwise. */
  readonly joined?: boolean;
}

/** A value to compare with, all the way across. */
export interface PlotLevel {
  readonly name: string;
  readonly y: number;
}

export interface Axis {
  /** What it is, with its unit. */
  readonly label: string;
  readonly format: (value: number) => string;
  /** Where ticks stand; round numbers when absent. */
  readonly ticks?: readonly number[] | undefined;
  /** What must be on it beside the points. */
  readonly holds?: readonly number[] | undefined;
}

export interface PlotSpec {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly PlotSeries[];
  readonly levels?: readonly PlotLevel[];
}

type Look = Role | "grid" | "axis" | "level" | "tick" | "label" | "zero";

const paints: Record<Look, Paint> = {
  main: "target",
  beside: "accent",
  control: "faint",
  grid: "line",
  zero: "line-strong",
  axis: "line-strong",
  level: "faint",
  tick: "faint",
  label: "dim",
};

/** A point with where it stands, in the order that arrow keys walk. */
export interface Placed {
  readonly series: PlotSeries;
  readonly point: PlotPoint;
  readonly px: number;
  readonly py: number;
}

export interface Plot extends Scene {
  readonly placed: readonly Placed[];
}

const edges = { left: 54, right: 16, top: 34, bottom: 40 };

function reach(values: readonly number[]): [number, number] {
  const finite = values.filter((v) => Number.isFinite(v));
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  if (finite.length === 0) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/** Ends an axis at round numbers, unless that leaves a gap as large as between two ticks for a little below zero. */
function widen(scale: ReturnType<typeof scaleLinear<number, number>>): void {
  const [low = 0, high = 1] = scale.domain();
  scale.nice(4);
  const [, top = high] = scale.domain();
  if (low < 0 && -low < 0.08 * (high - low)) scale.domain([low, top]);
}

export function plotOf(spec: PlotSpec): Plot {
  const { width, height, series, levels = [] } = spec;
  const box = { left: edges.left, right: width - edges.right, top: edges.top, bottom: height - edges.bottom };
  const points = series.flatMap((s) => s.points);
  const x = scaleLinear()
    .domain(reach([...points.map((p) => p.x), ...(spec.x.ticks ?? []), ...(spec.x.holds ?? [])]))
    .range([box.left + 10, box.right - 6]);
  const ends = points.flatMap((p) => [p.y, p.low ?? p.y, p.high ?? p.y]);
  const y = scaleLinear()
    .domain(reach([...ends, ...levels.map((l) => l.y), ...(spec.y.holds ?? [])]))
    .range([box.bottom, box.top]);
  widen(y);
  const marks: Mark[] = [];
  const text = (
    look: Look,
    px: number,
    py: number,
    content: string,
    anchor: "start" | "middle" | "end" = "start",
  ) =>
    marks.push({
      kind: "text",
      look,
      x: px,
      y: py,
      text: content,
      anchor,
      fill: paints[look],
      ...(look === "label" ? { size: 11, halo: "panel" as const } : { size: 10.5 }),
    });
  const rule = (look: Look, ...at: [number, number, number, number]) =>
    marks.push({
      kind: "line",
      look,
      at,
      stroke: paints[look],
      dash: look === "level" ? "4 4" : undefined,
    });

  for (const tick of y.ticks(4)) {
    const at = y(tick);
    rule(tick === 0 ? "zero" : "grid", box.left, at, box.right, at);
    text("tick", box.left - 7, at + 3.5, spec.y.format(tick), "end");
  }
  rule("axis", box.left, box.bottom, box.right, box.bottom);
  const room = Math.max(2, Math.floor((box.right - box.left) / 48));
  for (const tick of spec.x.ticks ?? x.ticks(Math.min(8, room))) {
    const at = x(tick);
    rule("axis", at, box.bottom, at, box.bottom + 4);
    text("tick", at, box.bottom + 16, spec.x.format(tick), "middle");
  }
  text("label", (box.left + box.right) / 2, height - 6, spec.x.label, "middle");
  text("label", 4, 12, spec.y.label);
  for (const level of levels) {
    const at = y(level.y);
    rule("level", box.left, at, box.right, at);
    text("label", box.right, at - 4, level.name, "end");
  }

  const placed: Placed[] = [];
  const named: Span[] = [];
  for (const s of series) {
    const own = s.points.map((point): Placed => ({ series: s, point, px: x(point.x), py: y(point.y) }));
    const d =
      (s.joined ?? true)
        ? line<Placed>(
            (p) => p.px,
            (p) => p.py,
          )(own)
        : null;
    if (d !== null)
      marks.push({
        kind: "path",
        look: s.role,
        d,
        stroke: paints[s.role],
        dash: s.role === "beside" ? "6 3" : undefined,
      });
    for (const { point, px, py } of own) {
      if (point.low !== undefined && point.high !== undefined) {
        const [low, high] = [y(point.low), y(point.high)];
        rule(s.role, px, low, px, high);
        rule(s.role, px - 3, low, px + 3, low);
        rule(s.role, px - 3, high, px + 3, high);
      }
      marks.push({
        kind: "dot",
        look: s.role,
        x: px,
        y: py,
        r: 3.5,
        fill: paints[s.role],
        edge: "panel",
      });
      if (point.label !== undefined) {
        const { at, anchor } = beside(px, py, point.label, box.right + 8, named);
        text("label", at.x, at.y, point.label, anchor);
      }
    }
    placed.push(...own);
  }
  // Words last, so that no line crosses them.
  const above = (mark: Mark) => mark.kind === "text";
  return { width, height, marks: [...marks.filter((m) => !above(m)), ...marks.filter(above)], placed };
}

/** Where a word stands: from left to right on a line. */
interface Span {
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

/** The first corner of a point at which its name covers no other; the first at all where every one does. */
function beside(px: number, py: number, name: string, most: number, named: Span[]) {
  const wide = name.length * 6.2;
  const corners = [
    { x: px + 8, y: py - 6 },
    { x: px - 8, y: py - 6 },
    { x: px + 8, y: py + 14 },
    { x: px - 8, y: py + 14 },
  ].map((at) => {
    const left = at.x > px ? at.x : at.x - wide;
    const anchor: "start" | "end" = at.x > px ? "start" : "end";
    return { at, anchor, span: { left, right: left + wide, y: at.y } };
  });
  const inside = corners.filter(({ span }) => span.left > 0 && span.right < most);
  const free = inside.find(({ span }) =>
    named.every(
      (other) => span.right < other.left || span.left > other.right || Math.abs(span.y - other.y) > 11,
    ),
  );
  const [first] = corners as [(typeof corners)[number]];
  const chosen = free ?? inside[0] ?? first;
  named.push(chosen.span);
  return chosen;
}

/** A point in words: what the page says when it is looked at. */
export function said(spec: PlotSpec, { series, point }: Placed): string {
  const between =
    point.low === undefined || point.high === undefined
      ? ""
      : ` (95 % interval ${spec.y.format(point.low)} to ${spec.y.format(point.high)})`;
  const at = point.label === undefined ? `${spec.x.label} ${spec.x.format(point.x)}` : point.label;
  const beside = point.label === undefined ? "" : `, ${spec.x.label} ${spec.x.format(point.x)}`;
  return `${series.name}, ${at}: ${spec.y.label} ${spec.y.format(point.y)}${between}${beside}`;
}

/** Plots under each other with their titles and legends, as they leave the page. */
export function sheetOf(specs: readonly PlotSpec[], title: string): Scene {
  const head = 34;
  const gap = 44;
  const marks: Mark[] = [{ kind: "text", x: 16, y: 20, text: title, fill: "ink", bold: true }];
  let top = head;
  for (const spec of specs) {
    const inside: Mark[] = [{ kind: "text", x: 4, y: 8, text: spec.title, fill: "ink", bold: true }];
    let along = 4;
    for (const s of spec.series) {
      inside.push(
        { kind: "dot", x: along + 4, y: 21, r: 4, fill: paints[s.role] },
        { kind: "text", x: along + 12, y: 25, text: s.name, fill: "dim" },
      );
      along += 32 + s.name.length * 6.2;
    }
    inside.push({ kind: "group", x: 0, y: 32, marks: plotOf(spec).marks });
    marks.push({ kind: "group", x: 12, y: top, marks: inside });
    top += spec.height + gap;
  }
  return { width: Math.max(320, ...specs.map((s) => s.width)) + 24, height: top, marks };
}
