/** Invented cards of neurons and hits of searches, for the page without a server. */
import type {
  NeuronRequest,
  NeuronResult,
  SearchHit,
  SearchRequest,
  SearchResult,
  TokenReading,
} from "../../src/api/types";
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
    baseline: request.raw ? "none" : "mean",
    underTrained: 0,
    values: [
      {
        convention: { name: "frozenScale", description: "the unembedding after the gain of the final norm" },
        top: scored(seed, 1, 10),
        bottom: scored(seed, -1, 10),
        nullTop: 1.4,
        nullBottom: -1.4,
        leftOut: 0,
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

export function search(request: SearchRequest): SearchResult {
  const query = request.query ?? "";
  if (query.includes("xyzzy"))
    throw new Error('search: expected words of the vocabulary, got "xyzzy", which is none in any form');
  const word = vocabulary.find((v) => v.text.trim() === query.split(" ")[0]) ?? { id: 4, text: " Mary" };
  const side = query.includes("sign:-") ? -1 : 1;
  const hits = Array.from({ length: Math.min(request.limit ?? 20, 24) }, (_, i): SearchHit => {
    const layer = Math.floor(chance(i, 6) * 6);
    const bias = i % 9 === 8;
    const score = round(side * (4 - 0.12 * i));
    return {
      at: `blocks.${layer}.mlp.hook_post`,
      kind: bias ? "bias" : "neuron",
      label: bias ? `L${i}.b_mlp` : `L${layer}N${i * 41 + 7}`,
      layer,
      ...(bias ? {} : { neuron: i * 41 + 7 }),
      score,
      sign: side,
      norm: round(1 + chance(i, 3)),
      words: [{ ids: [word.id], text: word.text, score, raw: score / 4, rank: i + 1 }],
      top: [{ ...word, probability: 0.2, logit: score }, ...scored(i, 1, 9)],
      bottom: [{ ...word, probability: 0.2, logit: score }, ...scored(i, -1, 9)],
    };
  });
  return {
    model: request.model ?? "microworld",
    query,
    ranking: query.includes("like:") ? "cosine" : (request.by ?? "vector"),
    baseline: request.by === "raw" ? "none" : "mean",
    underTrained: 0,
    hits,
    searched: 6150,
    weaker: 0,
    milliseconds: 3.4,
    notes: [],
    index: { vectors: 6150, words: 100, bytes: 8_400_000, built: true },
    provenance,
  };
}
