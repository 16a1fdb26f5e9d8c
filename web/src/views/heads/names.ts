/** What heads are called, and how they lie on the map. */
import type { HeadReading, HeadsResult } from "../../api/types";

export function nameOf(head: { readonly layer: number; readonly head: number }): string {
  return `L${head.layer}H${head.head}`;
}

/** Rows of the map, the last layer first. */
export function rowsOf(result: HeadsResult): (readonly [number, readonly HeadReading[]])[] {
  const rows = new Map<number, HeadReading[]>();
  for (const head of result.heads) rows.set(head.layer, [...(rows.get(head.layer) ?? []), head]);
  return [...rows].sort(([a], [b]) => b - a);
}
