/**
 * Answers for developing the page without a server and for its browser tests: recorded ones where they fit, else
 * invented ones in the exact shape of the server's, for models that are not bundled and prompts that nobody recorded.
 * Invented numbers mean nothing; they are the same for the same request.
 */
import type {
  AttributionRequest,
  AttributionResult,
  CompareRequest,
  CompareResult,
  GeneratedToken,
  GenerateRequest,
  GenerateResult,
  InfoResult,
  PlaceReading,
  LensRequest,
  LensResult,
  ModelsResult,
  ParityResult,
  PullResult,
  TokenReading,
  TokenView,
} from "../../src/api/types";

import { checks, info as recordedInfo, models as recordedModels } from "../fixtures/index.ts";

interface Shape {
  family: string;
  layers: number;
  heads: number;
  dModel: number;
}

const shapes: Record<string, Shape> = {
  microworld: { family: "gpt2", layers: 6, heads: 8, dModel: 256 },
  "deep-model": { family: "llama", layers: 36, heads: 32, dModel: 2048 },
  regressor: { family: "bert", layers: 4, heads: 4, dModel: 128 },
  addition: { family: "gpt2", layers: 2, heads: 4, dModel: 32 },
};

const words =
  " the| a| to| and| Mary| John| her| him| them| Lucy| Anna| his| store| park| gave| drink| went| said| was| in|,|.| They| she| he| book| milk| friend| home| Oslo| Norway| capital| of| is| it| with| for| very|ing|\n".split(
    "|",
  );
export const vocabulary: TokenView[] = words.map((text, id) => ({ id, text }));

export const { provenance } = recordedInfo;

/** A number in [0, 1) that depends on the given ones only. */
export function chance(...seed: number[]): number {
  let h = 2166136261;
  for (const s of seed) h = Math.imul(h ^ (s + 0x9e37), 16777619) ^ (h >>> 13);
  return ((h >>> 0) % 100_000) / 100_000;
}

export function tokenize(text: string): TokenView[] {
  const pieces = text.match(/\n| ?[^\s.,!?]+|[.,!?]|\s/g) ?? [];
  return pieces.flatMap((piece) => {
    const known = vocabulary.find((v) => v.text === piece);
    if (known !== undefined) return [known];
    const id = 100 + Math.floor(chance(...[...piece].map((c) => c.charCodeAt(0))) * 3900);
    return [{ id, text: piece }];
  });
}

const examples = [
  {
    text: "When Mary and John went to the store, John gave a drink to",
    target: " Mary",
    against: " John",
    title: "Who gets the drink?",
  },
  { text: "The capital of Norway is", target: " Oslo", title: "A fact, and where it appears" },
];

export function models(): ModelsResult {
  return {
    defaultModel: "microworld",
    models: [
      ...recordedModels.models.filter((m) => m.name === "microworld").map((m) => ({ ...m, examples })),
      {
        name: "addition",
        path: "models/addition",
        source: "bundled",
        family: "gpt2",
        parameters: 26_000,
        layers: 2,
        dModel: 32,
      },
      {
        name: "regressor",
        path: "models/regressor",
        source: "bundled",
        family: "bert",
        parameters: 820_000,
        layers: 4,
        dModel: 128,
        examples: [{ text: "154-(38+290)", title: "Its value is read at [CLS]" }],
      },
      {
        name: "deep-model",
        path: "deep-model",
        source: "local",
        family: "llama",
        parameters: 1_540_000_000,
        layers: 36,
        dModel: 2048,
      },
      {
        name: "broken",
        path: "broken",
        source: "local",
        problem: "open: expected model.safetensors in broken, got none; download the weights",
      },
    ],
  };
}

export function shapeOf(model: string | undefined): Shape {
  const shape = shapes[model ?? "microworld"];
  if (shape === undefined)
    throw new Error(`open: expected a model at hand, got ${model}; ./lexiscope models lists them`);
  return shape;
}

/** The bundled model as it is, but for reference numbers beside it; the others in its likeness. */
export function info(model = "microworld"): InfoResult {
  const golden = model === "addition" ? {} : { golden: "golden.safetensors" };
  if (model === "microworld") return { ...recordedInfo, ...golden };
  const { family, layers, heads, dModel } = shapeOf(model);
  return {
    ...recordedInfo,
    ...golden,
    model,
    family,
    layers,
    heads,
    kvHeads: family === "llama" ? heads / 4 : heads,
    dModel,
    dHead: dModel / heads,
    dMlp: 4 * dModel,
    parameters: models().models.find((m) => m.name === model)?.parameters ?? 0,
    languageHead: model !== "regressor",
    answers: model === "regressor" ? "number" : model === "addition" ? "characters" : "words",
    causal: model !== "regressor",
    provenance: { ...provenance, model },
  };
}

/** Against reference numbers, which no bundled model has beside it: the recorded self-checks in their place. */
export function parity(request: { golden?: string }): ParityResult {
  if (request.golden === undefined) return checks;
  const { checks: own, ...record } = checks;
  const maxAbsDiff = Object.fromEntries((own ?? []).map((c) => [c.at ?? c.name, c.maxAbsDiff ?? null]));
  return { ...record, maxAbsDiff, atol: 1e-4 };
}

export function complete(prefix: string, limit: number): { completions: TokenView[]; total: number } {
  const starting = (p: string) => vocabulary.filter((v) => v.text.startsWith(p));
  const found = starting(prefix).length > 0 ? starting(prefix) : starting(` ${prefix}`);
  return { completions: found.slice(0, limit), total: found.length };
}

export function token(spec: string | undefined): TokenView | undefined {
  if (spec === undefined) return undefined;
  const found = vocabulary.find((v) => v.text === spec || `#${v.id}` === spec);
  if (found !== undefined) return found;
  if (spec.startsWith("#")) return { id: Number(spec.slice(1)), text: ` w${spec.slice(1)}` };
  throw Object.assign(
    new Error(
      `lens: expected one token of the vocabulary as target, got "${spec}" which is 3 tokens; choose one of its parts`,
    ),
    { field: "target" },
  );
}

/** The words the pretended model leans to at a position: the answer, its rival, the token itself, and some others. */
export function reading(
  tokens: TokenView[],
  position: number,
  depth: number,
  top: number,
  seed: number,
): TokenReading[] {
  const last = position === tokens.length - 1;
  const own = tokens[position] ?? { id: 0, text: "" };
  const rise = 1 / (1 + 2.7 ** (-12 * (depth - 0.62)));
  const mary = vocabulary[4] ?? own;
  const john = vocabulary[5] ?? own;
  const favourites = last
    ? [mary, john]
    : [vocabulary[Math.floor(chance(position, 1, seed) * 12)] ?? own, own];
  const weights = [0.02 + 0.86 * rise, last ? 0.3 * (1 - rise) + 0.05 : 0.9 * (1 - depth)];
  const others = vocabulary.filter((v) => !favourites.some((f) => f.id === v.id));
  const scored = [
    ...favourites.map((t, i) => ({ ...t, score: weights[i] ?? 0 })),
    ...others.map((t) => ({ ...t, score: 0.12 * chance(t.id, position, Math.round(depth * 40), seed) ** 4 })),
  ];
  const sum = scored.reduce((s, t) => s + t.score, 0.03);
  return scored
    .map(({ id, text, score }) => ({
      id,
      text,
      probability: round(score / sum),
      logit: round(8 + 3 * Math.log2(0.001 + score / sum)),
    }))
    .filter((t, i, all) => all.findIndex((o) => o.id === t.id) === i)
    .sort((a, b) => (b.probability ?? 0) - (a.probability ?? 0))
    .slice(0, top);
}

export function round(x: number): number {
  return Number(x.toPrecision(4));
}

export function lens(request: LensRequest): LensResult {
  const { layers } = shapeOf(request.model);
  const tokens =
    request.tokens?.map((id) => vocabulary[id] ?? { id, text: ` w${id}` }) ?? tokenize(request.text ?? "");
  if (tokens.length === 0)
    throw new Error("lens: expected at least one token, got an empty prompt; type some text");
  if (tokens.length > 512)
    throw new Error(
      `lens: expected at most 512 tokens (the model's context), got ${tokens.length}; shorten the prompt`,
    );
  const target = token(request.target);
  const against = token(request.against);
  const names = (request.at ?? ["blocks.*.hook_resid_post"]).flatMap((at) =>
    at.includes("*") ? Array.from({ length: layers }, (_, l) => at.replace("*", String(l))) : [at],
  );
  const positions = (request.positions ?? tokens.map((_, i) => i)).map((p) =>
    p < 0 ? tokens.length + p : p,
  );
  const top = request.top ?? 10;
  const readings = names.flatMap((at) =>
    positions.map((position): PlaceReading => {
      const layer = /^blocks\.(\d+)\./.exec(at)?.[1];
      const step = layer === undefined ? 0 : at.endsWith("resid_pre") ? Number(layer) : Number(layer) + 1;
      const depth = step / layers;
      const seed = at.length + (request.heads?.[0] ?? 0) * 7;
      const all = reading(tokens, position, depth, 40, seed);
      const rest = all.slice(0, top);
      const place = (t: TokenView) => {
        const at = all.findIndex((r) => r.id === t.id);
        const found = all[at];
        return found === undefined
          ? { ...t, probability: 1e-5, logit: -6.2, rank: 41 + (t.id % 900) }
          : { ...found, rank: at + 1 };
      };
      return {
        at,
        ...(layer === undefined ? {} : { layer: Number(layer) }),
        position,
        ...(request.heads === undefined ? {} : { head: request.heads[0] ?? 0 }),
        ...(request.neurons === undefined ? {} : { neuron: request.neurons[0] ?? 0 }),
        norm: round(4 + 11 * step * (0.8 + 0.4 * chance(position, step))),
        entropy: round(Math.max(0.2, 9 * (1 - depth) + 2 * chance(position, step, 3))),
        top: rest,
        ...(request.bottom === undefined ? {} : { bottom: all.slice(-request.bottom).reverse() }),
        ...(target === undefined ? {} : { target: place(target) }),
        ...(against === undefined ? {} : { against: place(against) }),
        otherMass: round(Math.max(0, 1 - rest.reduce((s, r) => s + (r.probability ?? 0), 0))),
      };
    }),
  );
  return {
    model: request.model ?? "microworld",
    tokens,
    provenance: { ...provenance, model: request.model ?? "microworld" },
    convention: {
      name: request.convention ?? "finalNorm",
      description: "final norm, the vector's own scale, then the unembedding",
    },
    baseline: request.raw ? "none" : "mean",
    underTrained: 0,
    grid: {
      at: request.at ?? ["blocks.*.hook_resid_post"],
      layers: Array.from({ length: layers }, (_, l) => l),
      positions,
      readings: readings.length,
    },
    readings,
    ...(target === undefined ? {} : { target }),
    ...(against === undefined ? {} : { against }),
    answer: reading(tokens, tokens.length - 1, 1, 1, 26)[0] ?? {
      id: 0,
      text: "",
      probability: null,
      logit: null,
    },
    vocabulary: 4096,
    units: { entropy: "bits", logit: "nats (up to a constant)", norm: "Euclidean length" },
    milliseconds: 41,
  };
}

export function attribution(request: AttributionRequest): AttributionResult {
  const tokens =
    request.tokens?.map((id) => vocabulary[id] ?? { id, text: ` w${id}` }) ?? tokenize(request.text ?? "");
  const target = token(request.target) ?? { id: 4, text: " Mary" };
  const against = token(request.against);
  const layer = Number(/^blocks\.(\d+)\./.exec(request.at ?? "")?.[1] ?? 5);
  const labels: [string, number][] = [
    ["L3H4", 3.2],
    ["L2H1", 1.1],
    [`MLP ${layer}`, 0.83],
    ["MLP 1", -0.42],
    ["L3H0", -0.71],
    ["position embedding", 0.12],
  ];
  const others = 0.5;
  const sum = labels.reduce((s, [, v]) => s + v, others);
  return {
    model: request.model ?? "microworld",
    tokens,
    provenance,
    at: request.at ?? "blocks.5.hook_resid_post",
    layer,
    position: request.position ?? tokens.length - 1,
    target,
    ...(against === undefined ? {} : { against }),
    convention: {
      name: request.convention ?? "frozenScale",
      description: "final norm with the scale of this pass, then the unembedding",
    },
    baseline: request.baseline ?? "mean",
    contributions: [
      ...labels.map(([label, logits]) => ({
        kind: /^L\d+H/.test(label)
          ? ("head" as const)
          : label === "position embedding"
            ? ("posEmbed" as const)
            : ("mlp" as const),
        label,
        logits,
        components: 1,
      })),
      { kind: "others" as const, label: "others", logits: others, components: 29 },
    ],
    sum: round(sum),
    exact: round(sum),
    residualError: 2e-6,
  };
}

const story =
  " Mary and John went to the store . They said it was very home , and she gave him a book .".match(
    / ?[^ ]+/g,
  ) ?? [];

export function generated(request: GenerateRequest): GeneratedToken[] {
  return Array.from({ length: Math.min(request.n ?? 20, 400) }, (_, i) => {
    const turned = request.interventions !== undefined && i > 4 ? 3 : 0;
    const text = (story[(i + turned) % story.length] ?? "").replace(/^ ([.,])$/, "$1");
    const known = vocabulary.find((v) => v.text === text) ?? { id: 200 + (i % 50), text };
    return {
      id: known.id,
      text: i % 24 === 23 ? "\n" : known.text,
      probability: round(0.04 + 0.95 * chance(i, request.seed ?? 0)),
      ...(request.earlyExit === undefined ? {} : { exitLayer: Math.floor(chance(i, 8) * 6) }),
    };
  });
}

export function generate(request: GenerateRequest): GenerateResult {
  const tokens = generated(request);
  return {
    model: request.model ?? "microworld",
    tokens: tokenize(request.text ?? ""),
    provenance,
    prompt: request.text ?? "",
    text: (request.text ?? "") + tokens.map((t) => t.text).join(""),
    generated: tokens,
    tokensPerSecond: 212.4,
    stopped: "length",
  };
}

/** The unchanged model says Mary; every intervention takes some of it to John. */
export function compare(request: CompareRequest): CompareResult {
  const tokens = tokenize(request.text ?? "");
  const position = tokens.length - 1;
  const before = reading(tokens, position, 1, 10, 26);
  const strength = Math.min(0.8, 0.3 * request.interventions.length);
  const moved = before
    .map((word, i) => ({
      ...word,
      probability: round(
        (word.probability ?? 0) * (i === 0 ? 1 - strength : 1) + (i === 1 ? strength * 0.7 : 0),
      ),
    }))
    .sort((a, b) => (b.probability ?? 0) - (a.probability ?? 0));
  const [first] = before;
  const place = (words: TokenReading[]) => {
    const at = words.findIndex((w) => w.id === first?.id);
    return { id: 4, text: " Mary", probability: words[at]?.probability ?? 0, logit: 8, rank: at + 1 };
  };
  const side = (seed: number) => {
    const made = [
      ...generated({ n: 6, seed: 0 }),
      ...generated({ n: 10, seed }).map((t, i) =>
        seed === 0 ? t : { ...t, id: t.id + i + 1, text: ` ${seed}${t.text}` },
      ),
    ];
    return { text: (request.text ?? "") + made.map((t) => t.text).join(""), generated: made };
  };
  return {
    model: request.model ?? "microworld",
    tokens,
    provenance,
    positions: [
      {
        position,
        token: tokens[position] ?? { id: 0, text: "" },
        before,
        after: moved,
        klNats: round(0.4 * strength),
        reverseKlNats: round(0.5 * strength),
        totalVariation: round(0.5 * strength),
        targets: [
          {
            before: place(before),
            after: place(moved),
            rankChange: 0,
            logProbabilityChange: round(Math.log(1 - strength)),
            logOddsChange: round(-3 * strength),
          },
        ],
      },
    ],
    before: side(0),
    after: side(3),
    sameTokens: 6,
  };
}

export function pull(id: string): PullResult {
  const name = {
    name: id,
    path: id,
    source: "cached" as const,
    family: "gpt2",
    parameters: 124_439_808,
    layers: 12,
    dModel: 768,
  };
  return {
    models: [name],
    revision: "main",
    commit: "607a30d783",
    files: [],
    bytes: 548_105_171,
    downloadedBytes: 548_105_171,
  };
}
