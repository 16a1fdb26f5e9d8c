/**
 * Colour scales and their legends: the one place where a quantity of a view record becomes a colour.
 *
 * All scales are sequential in lightness (readable without colour vision). Ink is chosen per cell by WCAG contrast.
 */
import type { Measured } from "../api/types";
import { scaleLinear, scaleLog, scaleSqrt } from "d3-scale";

export type Theme = "light" | "dark";
export type ColourBy = "probability" | "rank" | "entropy";

export interface Ink {
  readonly background: string;
  readonly ink: string;
}

export interface Legend {
  readonly label: string;
  readonly low: string;
  readonly high: string;
  /** CSS colours at equal steps from low to high. */
  readonly stops: readonly string[];
}

export interface ColourScale {
  readonly of: (value: Measured | undefined) => Ink;
  readonly legend: Legend;
}

/** Where the colours of a ramp stand. It passes quickly through the middle tones, on which no ink reads well. */
const stands: Record<Theme, readonly number[]> = {
  light: [0, 0.2, 0.4, 0.6, 0.8, 0.86, 1],
  dark: [0, 0.2, 0.4, 0.6, 0.76, 0.82, 1],
};

const ramps: Record<Theme, Record<ColourBy, readonly string[]>> = {
  light: {
    probability: ["#f8faff", "#e4ecfe", "#c8d8fc", "#a3bff8", "#7b9ff0", "#3c62d0", "#2442a0"],
    rank: ["#fffaf5", "#ffedda", "#ffd9b3", "#ffbf85", "#fb9d55", "#bf5110", "#933904"],
    entropy: ["#f6faf9", "#def1ec", "#bbe2d8", "#8ecfbf", "#62b8a5", "#1d766a", "#0d554d"],
  },
  dark: {
    probability: ["#1a212b", "#1e2f50", "#254276", "#2f57a1", "#3a69c2", "#7fa6f7", "#b4ceff"],
    rank: ["#211e1c", "#42291c", "#67391b", "#8b4c1d", "#a45a1f", "#ec9350", "#ffc08f"],
    entropy: ["#1a2324", "#193836", "#19504b", "#1c6a61", "#227b71", "#56b7a6", "#9fe3d5"],
  },
};

const inks: Record<Theme, readonly [dark: string, light: string]> = {
  light: ["#1b2430", "#ffffff"],
  dark: ["#0c1017", "#e6eaf0"],
};

/** Minimum contrast of text on its own background (WCAG 2.2, level AA). */
export const minimumContrast = 4.5;

export function channels(colour: string): readonly [number, number, number] {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (hex) return [hex[1], hex[2], hex[3]].map((h) => parseInt(h ?? "0", 16)) as [number, number, number];
  const rgb = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/i.exec(colour);
  if (rgb) return [Number(rgb[1]), Number(rgb[2]), Number(rgb[3])];
  throw new Error(`colour: expected #rrggbb or rgb(r, g, b), got ${colour}`);
}

/** Relative luminance, WCAG 2.2. */
export function luminance(colour: string): number {
  const [r, g, b] = channels(colour).map((c) => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio between 1 and 21, WCAG 2.2. */
export function contrast(a: string, b: string): number {
  const la = luminance(a);
  const lb = luminance(b);
  return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05);
}

/** The theme's softer ink where it is readable, else black or white: one of those always reaches 4.58:1. */
export function inkOn(background: string, theme: Theme): string {
  const [dark, light] = inks[theme];
  const soft = contrast(background, dark) >= contrast(background, light) ? dark : light;
  if (contrast(background, soft) >= minimumContrast) return soft;
  return contrast(background, "#000000") >= contrast(background, "#ffffff") ? "#000000" : "#ffffff";
}

function hex(colour: string): string {
  return `#${channels(colour)
    .map((c) => Math.round(c).toString(16).padStart(2, "0"))
    .join("")}`;
}

/** A ramp from t = 0 (nothing) to t = 1 (most). */
function ramp(by: ColourBy, theme: Theme): (t: number) => string {
  const colours = ramps[theme][by];
  const scale = scaleLinear<string>().domain(stands[theme]).range(colours).clamp(true);
  return (t) => hex(scale(t));
}

function paint(colourAt: (t: number) => string, theme: Theme): (t: number | undefined) => Ink {
  return (t) => {
    const background =
      t === undefined || Number.isNaN(t) ? (ramps[theme].probability[0] ?? "#ffffff") : colourAt(t);
    return { background, ink: inkOn(background, theme) };
  };
}

function legendOf(colourAt: (t: number) => string, steps: readonly number[]): readonly string[] {
  return steps.map(colourAt);
}

const eleven = Array.from({ length: 11 }, (_, i) => i / 10);

/** Probability 0…1 on a square-root scale, so that small probabilities still differ to the eye. */
export function probabilityScale(theme: Theme, of = "top word"): ColourScale {
  const colourAt = ramp("probability", theme);
  const t = scaleSqrt().domain([0, 1]).range([0, 1]).clamp(true);
  const paintAt = paint(colourAt, theme);
  return {
    of: (p) => paintAt(p === undefined || p === null ? undefined : t(p)),
    legend: {
      label: `probability of the ${of}`,
      low: "0",
      high: "1",
      stops: legendOf((p) => colourAt(t(p)), eleven),
    },
  };
}

/** Rank 1…vocabulary on a logarithmic scale; rank 1 is the strongest colour. */
export function rankScale(theme: Theme, vocabulary: number, target: string): ColourScale {
  const colourAt = ramp("rank", theme);
  const t = scaleLog()
    .domain([1, Math.max(2, vocabulary)])
    .range([1, 0])
    .clamp(true);
  const paintAt = paint(colourAt, theme);
  return {
    of: (rank) => paintAt(rank === undefined || rank === null ? undefined : t(rank)),
    legend: {
      label: `rank of ${target}`,
      low: vocabulary.toLocaleString("en"),
      high: "1",
      stops: legendOf(colourAt, eleven),
    },
  };
}

/** Entropy 0…maximum in the record's unit; certainty (0) is the strongest colour. */
export function entropyScale(theme: Theme, maximum: number, unit: string): ColourScale {
  const colourAt = ramp("entropy", theme);
  const t = scaleLinear().domain([0, maximum]).range([1, 0]).clamp(true);
  const paintAt = paint(colourAt, theme);
  return {
    of: (entropy) => paintAt(entropy === undefined || entropy === null ? undefined : t(entropy)),
    legend: {
      label: `entropy (${unit})`,
      low: `${maximum.toFixed(1)} unsure`,
      high: "0 certain",
      stops: legendOf(colourAt, eleven),
    },
  };
}

/** How many layers a token ran through, 1…layers; a short way is the strongest colour. */
export function exitScale(theme: Theme, layers: number): ColourScale {
  const colourAt = ramp("entropy", theme);
  const t = scaleLinear()
    .domain([1, Math.max(2, layers)])
    .range([1, 0])
    .clamp(true);
  const paintAt = paint(colourAt, theme);
  return {
    of: (ran) => paintAt(ran === undefined || ran === null ? undefined : t(ran)),
    legend: {
      label: "left the network after layer",
      low: `${layers - 1}, the last`,
      high: "0",
      stops: legendOf(colourAt, eleven),
    },
  };
}

/** A length from 0 to the largest shown; the longest is the strongest colour. Its root is drawn, so that small ones show. */
export function lengthScale(theme: Theme, longest: number, label: string): ColourScale {
  const colourAt = ramp("probability", theme);
  const t = scaleSqrt().domain([0, longest]).range([0, 1]).clamp(true);
  const paintAt = paint(colourAt, theme);
  return {
    of: (length) => paintAt(length === undefined || length === null ? undefined : t(length)),
    legend: {
      label,
      low: "0",
      high: longest.toPrecision(2),
      stops: legendOf(colourAt, eleven),
    },
  };
}

/** What something adds to a logit, −most…most: warm raises, cool lowers, the strongest colour adds most. */
export function pushScale(theme: Theme, most: number, of: string): ColourScale {
  const up = ramp("rank", theme);
  const down = ramp("probability", theme);
  const t = scaleSqrt()
    .domain([0, Math.max(1e-9, most)])
    .range([0, 1])
    .clamp(true);
  const at = (value: number) => (value < 0 ? down(t(-value)) : up(t(value)));
  const paintAt = paint(at, theme);
  return {
    of: (value) => paintAt(value ?? undefined),
    legend: {
      label: of,
      low: `−${most.toFixed(1)}`,
      high: `+${most.toFixed(1)}`,
      stops: legendOf(
        at,
        eleven.map((step) => (2 * step - 1) * most),
      ),
    },
  };
}
