/** What came out of the way back, in words. */
import type { GradientsResult } from "../../api/types";
import { visible } from "../../visual/text";

/** The tokens moved towards, and what they are held against. */
export function aimOf({ target, against }: GradientsResult): string {
  const towards = target.map((t) => visible(t.text)).join("");
  return against === undefined ? towards : `${towards} − ${visible(against.text)}`;
}

/** In how many layers the target leads what an update of a matrix moves towards, where the loss is taken. */
export function found(result: GradientsResult, matrix: string): string | undefined {
  const ranks = result.matrices
    .filter((cell) => cell.matrix === matrix && cell.position === result.position)
    .flatMap(({ targetRank }) => (targetRank === undefined ? [] : [targetRank]));
  const word = result.target[0];
  if (result.sign !== "descent" || word === undefined || ranks.length === 0) return undefined;
  const first = ranks.filter((rank) => rank === 1).length;
  return `At position ${result.position}, “${visible(word.text)}” leads what an update of ${matrix} moves towards in ${first} of ${ranks.length} layers; its lowest rank is ${Math.max(...ranks).toLocaleString("en")}.`;
}
