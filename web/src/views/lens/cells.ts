/** What stands in a cell of the grid: said once, drawn as a table cell on the page and as a rectangle in files. */
import type { PlaceReading } from "../../api/types";
import type { ColourBy, ColourScale, Ink } from "../../visual/scales";
import { probability, quantity, shortened, smallRank, visible } from "../../visual/text";
import { quantityOf } from "./colour";
import { rowTitle, type Row } from "./rows";

export interface Cell {
  readonly paint: Ink;
  /** The likeliest word, cut to the width of the cell. */
  readonly word: string;
  /** The small number in its corner. */
  readonly corner: string;
  /** Whether the word is the target. */
  readonly hit: boolean;
}

export interface Wanted {
  readonly scale: ColourScale;
  readonly by: ColourBy;
  readonly targetId: number | undefined;
  /** How many letters fit. */
  readonly letters: number;
}

export function cellOf(reading: PlaceReading, { scale, by, targetId, letters }: Wanted): Cell {
  const word = reading.top[0];
  return {
    paint: scale.of(quantityOf(by, reading)),
    word: word === undefined ? "–" : shortened(word.text, letters),
    corner: cornerOf(reading, by),
    hit: word !== undefined && word.id === targetId,
  };
}

function cornerOf(reading: PlaceReading, by: ColourBy): string {
  if (by === "entropy") return quantity(reading.entropy);
  if (reading.target !== undefined) return smallRank(reading.target.rank);
  return probability(reading.top[0]?.probability);
}

/** The cell in words. */
export function spoken(reading: PlaceReading, row: Row): string {
  const word = reading.top[0];
  const target = reading.target === undefined ? "" : `, target rank ${reading.target.rank}`;
  return `${rowTitle(row)}, position ${reading.position}: ${word === undefined ? "nothing" : visible(word.text)} ${probability(word?.probability)}${target}`;
}
