/** The experiments as the bundled model answered them once, shortened, for the page without a server. */
import { readFileSync } from "node:fs";
import type {
  ClustersRequest,
  ClustersResult,
  DetoxRequest,
  DetoxResult,
  ExitRequest,
  ExitResult,
} from "../../src/api/types";

function recorded<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8")) as T;
}

export function clusters(request: ClustersRequest): ClustersResult {
  return { ...recorded<ClustersResult>("clusters"), linkage: request.linkage ?? "complete" };
}

export function detox(request: DetoxRequest): DetoxResult {
  if (request.neurons?.length === 0)
    throw new Error("detox: expected at least one neuron, got none; leave neurons out");
  return recorded<DetoxResult>("detox");
}

export function exit(request: ExitRequest): ExitResult {
  if (request.model === "deep-model")
    throw new Error(
      "exit: expected texts to learn from, got none, and the model has no task of running text",
    );
  return recorded<ExitResult>("exit");
}

/** What each counts while it is at work. */
export const counted: Record<string, string> = {
  clusters: "merges",
  detox: "turns",
  exit: "examples",
  events: "prompts",
};
