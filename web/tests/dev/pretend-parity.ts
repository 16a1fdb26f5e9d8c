/** Invented answers of `parity`, for the page without a server. */
import type { ParityResult } from "../../src/api/types";
import { catalogue, provenance, tokenize } from "./pretend.ts";

export function checks(): ParityResult {
  const compared = ["stream", "parts", "neurons", "heads", "attention", "watching", "cache", "causality"];
  const maxAbsDiff = Object.fromEntries(compared.map((name, i) => [name, 2e-7 * (i + 1)]));
  return {
    model: "microworld",
    tokens: tokenize("Once upon a time"),
    provenance,
    passed: true,
    maxAbsDiff,
    unknown: [],
    worst: 1.6e-6,
    checks: compared.map((name, i) => ({
      name,
      meaning: "two ways to one value agree",
      at: `blocks.${i}.hook_resid_post`,
      maxAbsDiff: 2e-7 * (i + 1),
      tolerance: 1e-3,
      passed: true,
    })),
  };
}

export function parity(): ParityResult {
  const maxAbsDiff = Object.fromEntries(
    catalogue.map((c, i) => [c.name.replace("{l}", "0"), 3e-7 + 3e-7 * (i % 9)]),
  );
  return {
    model: "microworld",
    tokens: tokenize("Once upon a time"),
    provenance,
    passed: true,
    maxAbsDiff,
    unknown: [],
    worst: 2.7e-6,
    atol: 1e-4,
  };
}
