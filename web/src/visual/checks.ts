import type { ParityResult, SelfCheckView } from "../api/types";
import { noNumber } from "./text";

/** How checks of the numbers are written: as a badge, as the lines of its hover, and as a verdict. */

/** A difference that is small or absent: 3.1e-6, 0. */
export function difference(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined) return "not finite";
  return value === 0 ? "0" : value.toExponential(digits);
}

/** One word on a check. */
export function verdict(check: SelfCheckView): string {
  return check.notApplicable === undefined ? (check.passed ? "ok" : "failed") : noNumber;
}

/** The badge of a model: its distance to the reference where there is one, else to itself. */
export function badge(parity: ParityResult | undefined, checks: ParityResult | undefined) {
  const shown = parity ?? checks;
  if (shown === undefined) return undefined;
  const passed = shown.passed && (checks?.passed ?? true);
  const label = parity === undefined ? "self-checked" : "parity";
  const text = passed ? `${label} ${difference(shown.worst, 0)}` : `${label} failed`;
  return { passed, text };
}

/** What the badge says in full. */
export function lines(parity: ParityResult | undefined, checks: ParityResult | undefined): string {
  const out: string[] = [];
  if (parity !== undefined)
    out.push(
      `Largest absolute difference from the reference numbers beside the weights: ${difference(parity.worst)}; ${parity.atol ?? ""} is allowed.`,
    );
  if (checks !== undefined) {
    out.push(`Checked against itself, largest absolute difference ${difference(checks.worst)}:`);
    for (const check of checks.checks ?? [])
      out.push(
        check.notApplicable === undefined
          ? `${verdict(check)}  ${check.name}: ${difference(check.maxAbsDiff)}, ${difference(check.tolerance)} allowed. ${sentence(check.meaning)}`
          : `${noNumber}  ${check.name}: ${check.notApplicable}`,
      );
  }
  return out.join("\n");
}

/** A phrase as a sentence. */
export function sentence(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`;
}
