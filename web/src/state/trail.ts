/** The page's way through the browser's history: a step for each place that a person goes to. */
import type { PageState } from "./address";

/** Settings that lead to another place; all others say how a place is set out. */
const places: ReadonlySet<string> = new Set([
  "card",
  "at",
  "head",
  "f.node",
  "f.cone",
  "g.layer",
  "g.matrix",
]);

/** What Back and Forward lead through: view, model, prompt, words, cell, part. Edits stay as they are meanwhile. */
export function stepOf({
  tab,
  part,
  model,
  prompt,
  target,
  rival,
  row,
  position,
  settings,
}: PageState): string {
  const there = Object.entries(settings)
    .filter(([name]) => places.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([tab, part, model, prompt, target, rival, row, position, there]);
}

/** The part of the browser's history that is used. */
export type Past = Pick<History, "pushState" | "replaceState">;

/** Marks entries that the page has made: one that a person typed or followed has none. */
const mark = { page: "lexiscope" };

export function isOwn(state: unknown): boolean {
  return typeof state === "object" && state !== null && (state as { page?: unknown }).page === mark.page;
}

export class Trail {
  readonly #past: Past;
  #step: string | undefined;

  constructor(past: Past) {
    this.#past = past;
  }

  /** Writes the address of the page: a new entry where it is another place, unless it was led there. */
  write(page: PageState, hash: string, landed: string | undefined): void {
    const step = stepOf(page);
    const moved = this.#step !== undefined && step !== this.#step && step !== landed;
    if (moved) this.#past.pushState(mark, "", hash);
    else this.#past.replaceState(mark, "", hash);
    this.#step = step;
  }
}
