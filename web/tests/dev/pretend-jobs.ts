/** The experiments as the bundled model answered them once, shortened, for the page without a server. */
import * as recorded from "../fixtures/index.ts";
import type {
  ClustersRequest,
  ClustersResult,
  DetoxRequest,
  DetoxResult,
  EventsRequest,
  EventsResult,
  ExitRequest,
  ExitResult,
  InvertRequest,
  InvertResult,
  JobFile,
} from "../../src/api/types";

export function clusters(request: ClustersRequest): ClustersResult {
  return { ...recorded.clusters, linkage: request.linkage ?? "complete" };
}

export function detox(request: DetoxRequest): DetoxResult {
  if (request.neurons?.length === 0)
    throw new Error("detox: expected at least one neuron, got none; leave neurons out");
  return recorded.detox;
}

export function events(request: EventsRequest): EventsResult {
  if (request.prompts?.length === 0)
    throw new Error("events: expected at least one prompt, got none; give text with a sentence");
  return recorded.events;
}

export function exit(request: ExitRequest): ExitResult {
  if (request.model === "deep-model")
    throw new Error(
      "exit: expected texts to learn from, got none, and the model has no task of running text",
    );
  return recorded.exit;
}

export function invert(request: InvertRequest): InvertResult {
  if (request.at?.includes("x9.mid") ?? false)
    throw new Error("site: expected a place of a model of family gpt2 with 2 layers and 4 heads, got x9.mid");
  const { swap, ...rest } = recorded.invert;
  return (request.swaps ?? 0) > 0 && swap !== undefined ? { ...rest, swap } : rest;
}

/** What there is to download of each. */
export function files(verb: string): JobFile[] {
  const json = { name: "result.json", type: "application/json" };
  const csv = (name: string) => ({ name, type: "text/csv; charset=utf-8" });
  const own: Record<string, JobFile[]> = {
    clusters: [csv("clusters.csv")],
    invert: [csv("samples.csv")],
    events: [csv("layers.csv")],
    exit: [csv("rules.csv"), { name: "rule.json", type: "application/json" }],
    detox: [
      csv("rows.csv"),
      { name: "doses.svg", type: "image/svg+xml" },
      { name: "interventions.json", type: "application/json" },
    ],
  };
  return [json, ...(own[verb] ?? [])];
}

/** What each counts while it is at work. */
export const counted: Record<string, string> = {
  clusters: "merges",
  detox: "turns",
  exit: "examples",
  events: "prompts",
  invert: "inputs",
};
