/** What a search found, in words. */
import type { SearchResult } from "../../api/types";
import { signed } from "../../visual/text";

/** What was asked for, without the conditions: they hold for all that is listed. */
function asked(query: string): string {
  return query.replaceAll(/(^|\s)(?!like:)[a-z]+:\S+/g, "").trim();
}

/** The vector that stands first, and in how many layers the listed ones are. */
export function foundFirst({ hits, query, ranking }: SearchResult): string {
  const [first] = hits;
  if (first === undefined) return "";
  const words = asked(query);
  const layers = new Set(hits.map((hit) => hit.layer)).size;
  const rest =
    hits.length === 1 ? "" : ` The ${hits.length} listed stand in ${layers} layer${layers === 1 ? "" : "s"}.`;
  if (ranking === "cosine")
    return `${first.label} is nearest to ${words.replace(/^like:/, "")}, with a cosine of ${signed(first.score)}.${rest}`;
  if (words === "") return `${first.label} fits best, with a score of ${signed(first.score)}.${rest}`;
  const does = first.sign < 0 ? "suppresses" : "promotes";
  return `${first.label} ${does} ${words} most, with a score of ${signed(first.score)}.${rest}`;
}
