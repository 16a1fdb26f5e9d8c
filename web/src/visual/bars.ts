/** Signed quantities as bars to the left and right of a middle line. */
import type { Measured } from "../api/types";
import type { Mark, Scene } from "./scene";
import { signed } from "./text";

export interface Bar {
  readonly label: string;
  readonly value: Measured;
  readonly title: string;
}

/** The largest of the quantities, by which bars are scaled; never 0. */
export function mostOf(values: readonly (Measured | undefined)[]): number {
  return Math.max(1e-12, ...values.map((v) => Math.abs(v ?? 0)));
}

/** One bar from the middle to its side; a quantity of `most` reaches all the way. */
export function barMark(
  value: Measured | undefined,
  most: number,
  place: { readonly middle: number; readonly reach: number; readonly y: number; readonly height: number },
): Mark {
  const length = Math.max(1, (Math.abs(value ?? 0) / most) * place.reach);
  const minus = (value ?? 0) < 0;
  return {
    kind: "rect",
    look: minus ? "bar minus" : "bar",
    x: minus ? place.middle - length : place.middle,
    y: place.y,
    width: length,
    height: place.height,
    round: 3,
    fill: minus ? "accent" : "target",
  };
}

/** High enough for a name that can be pressed. */
export const rowOfBars = 24;
/** Letters of a label that fit beside its bar. */
const letters = 18;

function cut(label: string): string {
  return label.length <= letters ? label : `${label.slice(0, letters - 1)}…`;
}

/** Labels that something else draws in their place are left out. */
export function barsOf(
  bars: readonly Bar[],
  width: number,
  drawn: (bar: Bar) => boolean = () => true,
): Scene {
  const row = rowOfBars;
  const most = mostOf(bars.map((b) => b.value));
  const [left, right] = [122, width - 58];
  const middle = (left + right) / 2;
  return {
    width,
    height: bars.length * row,
    marks: bars.flatMap((bar, i): Mark[] => {
      const { label, value } = bar;
      const y = i * row;
      return [
        ...(drawn(bar)
          ? [{ kind: "text" as const, x: 0, y: y + 16, text: cut(label), fill: "ink" as const, size: 12 }]
          : []),
        { kind: "line", at: [middle, y + 4.5, middle, y + 19.5], stroke: "line-strong" },
        barMark(value, most, { middle, reach: (right - left) / 2, y: y + 7.5, height: 9 }),
        { kind: "text", x: width, y: y + 16, text: signed(value), anchor: "end", fill: "dim", size: 12 },
      ];
    }),
    hits: bars.map(({ title, label, value }, i) => ({
      x: 0,
      y: i * row,
      width,
      height: row,
      says: title === label ? `${label}: ${signed(value)}` : title,
      datum: i,
    })),
  };
}
