/** Which quantity of a reading colours its cell, and on which scale. */
import type { PlaceReading, LensResult, Measured } from "../../api/types";
import {
  entropyScale,
  probabilityScale,
  rankScale,
  type ColourBy,
  type ColourScale,
  type Theme,
} from "../../visual/scales";
import { visible } from "../../visual/text";

export function scaleFor(by: ColourBy, result: LensResult, theme: Theme): ColourScale {
  switch (by) {
    case "probability":
      return probabilityScale(theme);
    case "rank":
      return rankScale(theme, result.vocabulary, visible(result.target?.text ?? "target"));
    case "entropy":
      return entropyScale(theme, highest(result.readings), result.units.entropy);
  }
}

/** The scale ends at the largest entropy shown, so that differences stay visible in any vocabulary. */
function highest(readings: readonly PlaceReading[]): number {
  return readings.reduce((most, r) => Math.max(most, r.entropy ?? 0), 1);
}

export function quantityOf(by: ColourBy, reading: PlaceReading): Measured | undefined {
  switch (by) {
    case "probability":
      return reading.top[0]?.probability;
    case "rank":
      return reading.target?.rank;
    case "entropy":
      return reading.entropy;
  }
}
