/** From a lens result to the rows of its grid; nothing is computed, only sorted into place. */
import type { HookPointView, PlaceReading, LensRequest, LensResult, TokenView } from "../../api/types";
import { given } from "../../api/client";

export interface Row {
  /** Names the row in links and the first column: `embed`, or its layer. */
  readonly label: string;
  readonly at: string;
  readonly layer: number | undefined;
  /** One reading per position; absent where none was taken. */
  readonly cells: readonly (PlaceReading | undefined)[];
}

/** The name of a hook point in one layer. */
export function inLayer(point: HookPointView, layer: number): string {
  return point.name.replace("{l}", String(layer));
}

export function pointNamed(catalogue: readonly HookPointView[], name: string): HookPointView | undefined {
  return (
    catalogue.find((p) => p.label === name) ?? catalogue.find((p) => p.pattern === name || p.name === name)
  );
}

/** Above this many cells the grid asks for three words a cell, and a pinned cell asks for the rest. */
export const manyCells = 6000;

/** Up to this many cells the grid brings the lowest words of each along, so that pinning one asks for nothing more. */
const fewCells = 600;

/** How many of the lowest words are shown of a cell. */
export const lowest = 5;

interface Wanted {
  readonly point: HookPointView;
  readonly catalogue: readonly HookPointView[];
  readonly layers: number;
  readonly positions: number;
  readonly head: number | undefined;
  readonly neuron: number | undefined;
}

/** Where to read: the hook point in every layer, and under the residual stream what enters the first block. */
export function places({ point, catalogue, layers, positions, head, neuron }: Wanted): LensRequest {
  const before = point.label === "resid_post" ? pointNamed(catalogue, "resid_pre") : undefined;
  return given<LensRequest>({
    at: before === undefined ? [point.pattern] : [inLayer(before, 0), point.pattern],
    heads: point.perHead ? [head ?? 0] : undefined,
    neurons: point.perNeuron ? [neuron ?? 0] : undefined,
    top: layers * positions > manyCells ? 3 : 10,
    bottom: layers * positions > fewCells ? undefined : lowest,
  });
}

/** The rows in forward order: the first is drawn at the bottom. */
export function rowsOf(result: LensResult): readonly Row[] {
  const byPlace = new Map<string, PlaceReading[]>();
  for (const reading of result.readings) {
    const list = byPlace.get(reading.at);
    if (list === undefined) byPlace.set(reading.at, [reading]);
    else list.push(reading);
  }
  const severalPoints = result.grid.at.length > 1;
  return [...byPlace].map(([at, readings]) => {
    const layer = readings[0]?.layer;
    const embed = layer === undefined || (severalPoints && at.endsWith("resid_pre"));
    const cells: (PlaceReading | undefined)[] = result.tokens.map(() => undefined);
    for (const reading of readings) cells[reading.position] = reading;
    return { label: embed ? outside(at) : String(layer), at, layer, cells };
  });
}

function outside(at: string): string {
  if (at.includes("final")) return "final";
  return at.includes("pos_embed") ? "pos" : "embed";
}

/** What a row is, in words. */
export function rowTitle(row: Row): string {
  if (row.label === "embed") return "embedding, before the first layer";
  return row.layer === undefined ? row.at : `layer ${row.label}`;
}

/** The token a person sees at a position. */
export function tokenAt(result: LensResult, position: number): TokenView {
  return result.tokens[position] ?? { id: -1, text: "" };
}
