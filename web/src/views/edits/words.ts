/** The likeliest words of either side in one list, and where two continuations part. */
import type { ComparedPosition, Continuation, GeneratedToken, Measured } from "../../api/types";

export interface WordPair {
  readonly id: number;
  readonly text: string;
  readonly before: Measured | undefined;
  readonly after: Measured | undefined;
}

/** Every word listed on either side, the likeliest on either first; a side that does not list it is left empty. */
export function pairs(at: ComparedPosition): readonly WordPair[] {
  const words = new Map<number, WordPair>();
  for (const { id, text, probability } of at.before)
    words.set(id, { id, text, before: probability, after: undefined });
  for (const { id, text, probability } of at.after)
    words.set(id, { id, text, before: words.get(id)?.before, after: probability });
  const most = (w: WordPair) => Math.max(w.before ?? 0, w.after ?? 0);
  return [...words.values()].sort((a, b) => most(b) - most(a));
}

/** How many tokens two continuations share from the start. */
export function shared(a: readonly GeneratedToken[], b: readonly GeneratedToken[]): number {
  const parting = a.findIndex((token, i) => token.id !== b[i]?.id);
  return parting < 0 ? a.length : parting;
}

/** A continuation in two pieces: what both sides say, and what only this one says. */
export function parted(side: Continuation, same: number): readonly [common: string, own: string] {
  const text = (tokens: readonly GeneratedToken[]) => tokens.map((t) => t.text).join("");
  return [text(side.generated.slice(0, same)), text(side.generated.slice(same))];
}
