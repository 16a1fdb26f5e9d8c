/** Invented feed-forward accounts, for the page without a server. */
import type { FfnLayerView, FfnRequest, FfnResult } from "../../src/api/types";
import { chance, provenance, reading, round, shapeOf, token, tokenize, vocabulary } from "./pretend.ts";

export function ffn(request: FfnRequest): FfnResult {
  const { layers, dModel } = shapeOf(request.model);
  const tokens = tokenize(request.text ?? "");
  const asked = request.positions?.[0] ?? -1;
  const position = asked < 0 ? tokens.length + asked : asked;
  const target = token(request.target) ?? { id: 4, text: " Mary" };
  const against = token(request.against);
  const state = (depth: number) => {
    const all = reading(tokens, position, depth, 40, 26);
    const at = all.findIndex((w) => w.id === target.id);
    const found = all[at] ?? { ...target, probability: 1e-5, logit: -6 };
    return {
      norm: round(10 + 40 * depth),
      entropy: round(8 * (1 - depth)),
      top: all.slice(0, 10),
      otherMass: 0.1,
      target: { ...found, rank: at < 0 ? 97 : at + 1 },
    };
  };
  const account = (layer: number): FfnLayerView => {
    const sign = (n: number) => (chance(layer, n, 5) < 0.3 ? -1 : 1);
    const subUpdates = Array.from(
      { length: request.top === undefined || request.top === 0 ? 10 : request.top },
      (_, n) => {
        const neuron = Math.floor(chance(layer, n) * 4 * dModel);
        const coefficient = round(sign(n) * (6 / (n + 1) + chance(n, layer, 2)));
        const words = (side: number) =>
          Array.from({ length: 10 }, (_, w) => ({
            ...(vocabulary[Math.floor(chance(neuron, w, side) * vocabulary.length)] ?? target),
            id: Math.floor(chance(neuron, w, side) * vocabulary.length) * 100 + w,
            probability: 0.01,
            logit: round(side * (2.4 - 0.2 * w)),
          }));
        return {
          neuron,
          name: `L${layer}N${neuron}`,
          coefficient,
          norm: 1.7,
          dominance: round(Math.abs(coefficient) * 1.7),
          share: round(0.2 / (n + 1)),
          score: round(coefficient * (chance(neuron, 9) - 0.3)),
          reversed: coefficient < 0,
          top: words(1),
          bottom: words(-1),
          nullTop: 1.4,
          nullBottom: -1.4,
        };
      },
    );
    const change = round(2 * chance(layer, 77) - 0.4);
    return {
      layer,
      position,
      target,
      before: state((layer + 0.5) / layers),
      subUpdates,
      after: state((layer + 1) / layers),
      balance: {
        before: layer,
        listed: change - 0.2,
        others: 0.15,
        bias: 0.05,
        intervention: 0,
        after: layer + change,
        change,
        error: 0,
      },
      neurons: 4 * dModel,
      listedShare: 0.6,
      biasNorm: 0.3,
      residualError: 2.1e-6,
    };
  };
  const all = Array.from({ length: layers }, (_, layer) => account(layer));
  const responsible = account(Math.min(3, layers - 1)).subUpdates;
  const event = { position, max: 1.2, mean: 0.4, min: -0.2, subUpdates: responsible };
  return {
    model: request.model ?? "microworld",
    tokens,
    provenance,
    convention: {
      name: request.convention ?? "frozenScale",
      description: "the scale of this pass, then the unembedding",
    },
    baseline: request.raw ? "none" : "mean",
    underTrained: 0,
    scoresAddUp: request.convention !== "finalNorm",
    identity: "before + all sub-updates + bias = after",
    order: request.order ?? "dominance",
    layers: all,
    events: (request.positions ?? [position]).flatMap((at) => {
      const place = at < 0 ? tokens.length + at : at;
      const here = { ...event, position: place };
      const last = place === position;
      return [
        {
          ...here,
          kind: "saturation" as const,
          layer: last ? Math.min(3, layers - 1) : Math.floor(chance(place, 31) * layers),
          token: target,
          rankBefore: last ? 4 : 40 + place,
          rankAfter: 1,
        },
        {
          ...here,
          kind: "elimination" as const,
          layer: 1,
          token: { id: 5, text: " John" },
          rankBefore: 1,
          rankAfter: 9,
        },
      ].slice(!last && place % 3 === 1 ? 1 : 0);
    }),
    ...(against === undefined ? {} : { against }),
    eventConvention: { name: "finalNorm", description: "final norm, then the unembedding" },
    nullVectors: 20,
    vocabulary: 4096,
    milliseconds: 212,
  };
}
