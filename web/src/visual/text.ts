import type { Measured } from "../api/types";

/** How token pieces and numbers are written everywhere on the page. */

/** What stands for a number that is absent or not finite. */
export const noNumber = "n/a";

const pictures: Record<string, string> = { " ": "␣", "\n": "↵", "\r": "␍", "\t": "⇥", "\u00a0": "⍽" };

/** A token's text with its white space made visible: every blank of the piece, since a blank decides which token it is. */
export function visible(piece: string): string {
  if (piece === "") return "∅";
  let out = "";
  for (const c of piece) {
    const code = c.codePointAt(0) ?? 0;
    out += pictures[c] ?? (code < 0x20 ? String.fromCodePoint(0x2400 + code) : c);
  }
  return out;
}

/** Like {@link visible}, cut to a number of characters with an ellipsis. */
export function shortened(piece: string, characters: number): string {
  const all = [...visible(piece)];
  return all.length <= characters ? all.join("") : `${all.slice(0, Math.max(1, characters - 1)).join("")}…`;
}

/** What a person typed for a token: `␣` may be typed for a blank; a visible symbol is turned back. */
export function fromVisible(text: string): string {
  return text.replaceAll("␣", " ").replaceAll("↵", "\n").replaceAll("⇥", "\t");
}

/** A probability: 0.87, 0.034, 0.0021, 3e-5. */
export function probability(p: Measured | undefined): string {
  if (p === null || p === undefined) return noNumber;
  if (p === 0) return "0";
  if (p >= 0.9995) return "1.00";
  if (p >= 0.1) return p.toFixed(2);
  if (p >= 0.01) return p.toFixed(3);
  if (p >= 0.0005) return p.toFixed(4);
  return p.toExponential(0);
}

/** A signed quantity such as a logit contribution: +3.2, −0.71. */
export function signed(value: Measured | undefined, digits = 2): string {
  if (value === null || value === undefined) return noNumber;
  const text = Math.abs(value).toFixed(digits);
  const zero = Number(text) === 0;
  return zero ? text : `${value < 0 ? "−" : "+"}${text}`;
}

/** A quantity with about three significant digits: 41.2, 3.07, 1,204. */
export function quantity(value: Measured | undefined): string {
  if (value === null || value === undefined) return noNumber;
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString("en").replace(/^-/, "−");
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.01 || size === 0 ? 2 : -1;
  return (digits < 0 ? value.toExponential(1) : value.toFixed(digits)).replace(/^-/, "−");
}

/** A share from 0 to 1 in per cent: 96.6 %, −3.1 %. */
export function percent(value: Measured | undefined): string {
  return value === null || value === undefined
    ? noNumber
    : `${(100 * value).toFixed(1)} %`.replace(/^-/, "−");
}

/** The same without decimals: 46 %. */
export function share(value: Measured | undefined): string {
  return value === null || value === undefined
    ? noNumber
    : `${(100 * value).toFixed(0)} %`.replace(/^-/, "−");
}

/** A whole number with separators: 4,096. */
export function count(value: number): string {
  return value.toLocaleString("en");
}

/** A large count in words of size: 5.8 M, 1.2 B. */
export function amount(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(value >= 1e10 ? 0 : 1)} B`;
  if (value >= 1e6) return `${(value / 1e6).toFixed(value >= 1e8 ? 0 : 1)} M`;
  if (value >= 1e4) return `${(value / 1e3).toFixed(0)} k`;
  return count(value);
}

/** A rank that fits into the corner of a cell: 7, 812, 4.1k, 50k. */
export function smallRank(rank: number): string {
  if (rank < 1000) return String(rank);
  return rank < 10_000 ? `${(rank / 1000).toFixed(1)}k` : `${Math.round(rank / 1000)}k`;
}

/** A stretch of time: 41 ms, 2.3 s, 4 min. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(1, Math.round(milliseconds))} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.round(milliseconds / 60_000)} min`;
}

/** A token as a request names it: its text, or `#` and its id where the text would not say which one is meant. */
export function specOf(token: { readonly id: number; readonly text: string }): string {
  const unclear = token.text === "" || token.text.startsWith("#") || token.text.includes("\ufffd");
  return unclear ? `#${token.id}` : token.text;
}

/** A size in bytes: 812 B, 11.6 MB, 1.2 GB. */
export function bytesOf(size: number): string {
  if (size < 1000) return `${size} B`;
  if (size < 1e6) return `${(size / 1e3).toFixed(0)} kB`;
  return size < 1e9 ? `${(size / 1e6).toFixed(size < 1e8 ? 1 : 0)} MB` : `${(size / 1e9).toFixed(1)} GB`;
}

/** A model's name without the folders before it. */
export function shortName(model: string): string {
  return model.split(/[\\/]/).findLast((part) => part !== "") ?? model;
}
