/** What edits do to the next word, in one sentence and in numbers that move. */
import type { ComparedPosition, Measured, TargetChange } from "../../api/types";
import { count, probability, signed, visible } from "../../visual/text";

/** Less of a change than this is none, nats. */
const none = 0.005;

/** The effect in a sentence: what the answer becomes, and how the odds of the followed word move. */
export function effectSaid(at: ComparedPosition, followed: TargetChange | undefined): string {
  const [before, after] = [at.before[0], at.after[0]];
  if (before === undefined || after === undefined) return "";
  const answer =
    before.id === after.id
      ? `The answer stays ${visible(before.text)}`
      : `The answer changes from ${visible(before.text)} to ${visible(after.text)}`;
  if (followed === undefined) return `${answer}.`;
  const { logOddsChange: moved, before: was, after: is } = followed;
  if (moved === null) return `${answer}.`;
  const name = was.id === before.id ? "its" : `${visible(was.text)}’s`;
  const verb = Math.abs(moved) < none ? "hardly move" : moved < 0 ? "fall" : "rise";
  const by = Math.abs(moved) < none ? "" : ` by ${signed(Math.abs(moved)).replace("+", "")} nats`;
  const rank = was.rank === is.rank ? "" : `, from place ${count(was.rank)} to ${count(is.rank)}`;
  return `${answer}; ${name} log odds ${verb}${by}${rank}.`;
}

/** Two probabilities beside each other, with as many digits as it takes to tell them apart. */
export function pairSaid(before: Measured, after: Measured): string {
  const [a, b] = [probability(before), probability(after)];
  if (before === null || after === null || before === after || a !== b) return `${a} → ${b}`;
  for (let digits = 3; digits <= 9; digits++) {
    const [x, y] = [before.toFixed(digits), after.toFixed(digits)];
    if (x !== y) return `${x} → ${y}`;
  }
  return `${before.toExponential(2)} → ${after.toExponential(2)}`;
}
