/** The way from the name of a part to its card, for whatever stands below it on the page. */
import { getContext, setContext } from "svelte";
import type { ModelPart } from "../state/parts";

export interface Cards {
  /** The part whose card is open. */
  readonly part: ModelPart | undefined;
  open: (name: string) => void;
  /** Whether an edit is in force on the part. */
  changed: (part: ModelPart) => boolean;
}

const key = Symbol("cards");

export function offerCards(cards: Cards): void {
  setContext(key, cards);
}

/** Absent where names are only read, in the drawing of a single component. */
export function cardsHere(): Cards | undefined {
  return getContext<Cards | undefined>(key);
}
