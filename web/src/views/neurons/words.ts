/** What a neuron says, told with the sign it fires with. */
import type {
  FfnEventView,
  FfnLayerView,
  FfnResult,
  Measured,
  SubUpdateView,
  TokenReading,
} from "../../api/types";
import { visible } from "../../visual/text";

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

/** What came out: the layer that moved the word most, and how far; nothing where no change is a number. */
export function found(result: FfnResult): string | undefined {
  const by = (layer: FfnLayerView) => layer.balance.change ?? 0;
  const most = result.layers.toSorted((a, b) => Math.abs(by(b)) - Math.abs(by(a)))[0];
  if (most === undefined || by(most) === 0) return undefined;
  const over = result.against === undefined ? "" : ` against “${visible(result.against.text)}”`;
  const way = by(most) > 0 ? "up" : "down";
  return `MLP ${most.layer} moves “${visible(most.target.text)}”${over} most: ${way} by ${Math.abs(by(most)).toFixed(2)} logits.`;
}
