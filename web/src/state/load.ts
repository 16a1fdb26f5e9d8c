/** Something asked for: not yet, on its way, here, or refused. */
import type { ProblemError } from "../api/client";

export type Load<T> =
  | { readonly state: "idle" }
  | { readonly state: "loading" }
  | { readonly state: "done"; readonly value: T }
  | { readonly state: "failed"; readonly problem: ProblemError };

export function valueOf<T>(load: Load<T>): T | undefined {
  return load.state === "done" ? load.value : undefined;
}
