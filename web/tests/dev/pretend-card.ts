/** Invented cards of neurons, for the page without a server. */
import type { NeuronRequest, NeuronResult, TokenReading } from "../../src/api/types";
import { chance, provenance, round, tokenize, vocabulary } from "./pretend.ts";

function scored(seed: number, side: number, n: number): TokenReading[] {
  return Array.from({ length: n }, (_, w) => {
    const word = Math.floor(chance(seed, w, side) * vocabulary.length);
    return {
      id: word + 100 * (w + 1),
      text: vocabulary[word]?.text ?? "",
      probability: 0.01,
      logit: round(side * (2.4 - 0.2 * w)),
    };
  });
}

export function neuron(request: NeuronRequest): NeuronResult {
  const [, layer = "0", index = "0"] = /^L(\d+)N(\d+)$/.exec(request.neuron) ?? [];
  const tokens = tokenize(request.text ?? "");
  const seed = Number(layer) * 1000 + Number(index);
  return {
    model: request.model ?? "microworld",
    tokens,
    provenance,
    name: request.neuron,
    layer: Number(layer),
    neuron: Number(index),
    norm: 1.7,
    values: [
      {
        convention: { name: "frozenScale", description: "the unembedding after the gain of the final norm" },
        top: scored(seed, 1, 10),
        bottom: scored(seed, -1, 10),
        nullTop: 1.4,
        nullBottom: -1.4,
      },
    ],
    keys: [
      { branch: "input", norm: 2.1, bias: -0.1, top: scored(seed, 2, 10), bottom: scored(seed, -2, 10) },
    ],
    keyConvention: "the key after the gain of the norm, by the embedding",
    nullVectors: 20,
    coefficients: tokens.map((_, i) => round(6 * chance(seed, i) ** 3 - 0.2)),
    triggers: [],
    sentences: 0,
    milliseconds: 31,
  };
}
