/** What a neuron says, told with the sign it fires with. */
import type {
  FfnEventView,
  FfnLayerView,
  FfnResult,
  Measured,
  SubUpdateView,
  TokenReading,
} from "../../api/types";

/** The words promoted here: with a negative coefficient those that the value vector itself suppresses. */
export function written(update: SubUpdateView): readonly TokenReading[] {
  return update.reversed ? update.bottom : update.top;
}

/** The words pushed down here. */
export function suppressed(update: SubUpdateView): readonly TokenReading[] {
  return update.reversed ? update.top : update.bottom;
}

/** Whether random vectors of the same length score this word as high, or as low. */
export function chance(
  band: { readonly nullTop?: Measured; readonly nullBottom?: Measured },
  word: TokenReading,
): boolean {
  const { nullTop = null, nullBottom = null } = band;
  if (word.logit === null || nullTop === null || nullBottom === null) return false;
  return word.logit <= nullTop && word.logit >= nullBottom;
}

export function eventsOf(result: FfnResult, layer: FfnLayerView): readonly FfnEventView[] {
  return result.events.filter((e) => e.layer === layer.layer && e.position === layer.position);
}
