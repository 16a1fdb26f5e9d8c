/** The terms that question marks explain: the same file that `lexiscope explain` and docs/glossary.md read. */
import type { GlossaryTerm } from "../api/types";
import file from "../../../workbench/src/main/resources/io/lexiscope/workbench/glossary/glossary.json";

export const terms: readonly GlossaryTerm[] = file;

/** The term of this name. */
export function termOf(name: string): GlossaryTerm {
  const found = terms.find((term) => term.name === name);
  if (found === undefined) throw new Error(`glossary: expected the name of a term, got ${name}`);
  return found;
}

/** A text with its code, which stands between backticks, apart. */
export function pieces(text: string): readonly { readonly text: string; readonly code: boolean }[] {
  return text.split("`").map((piece, i) => ({ text: piece, code: i % 2 === 1 }));
}

/** The terms that are called so, in whole or part; all when nothing is wanted. */
export function matching(wanted: string): readonly GlossaryTerm[] {
  const plain = wanted.trim().toLowerCase();
  const called = (term: GlossaryTerm) => [term.name, ...(term.also ?? [])];
  return terms.filter((term) => called(term).some((word) => word.toLowerCase().includes(plain)));
}
