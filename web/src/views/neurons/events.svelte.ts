/** Saturation and elimination: of every position of the prompt, and counted over many prompts. */
import { given } from "../../api/client";
import type {
  Estimate,
  EventLayerView,
  EventsRequest,
  EventsResult,
  FfnEventKind,
  FfnEventView,
  FfnRequest,
} from "../../api/types";
import { Settings } from "../../state/settings";
import type { PlotPoint, PlotSpec, Role } from "../../visual/plot";
import { share, signed } from "../../visual/text";
import type { Bench } from "../bench";
import { Lens } from "../lens/lens.svelte";
import { State } from "../view";

/** The events of the prompt that is on the page: asked for anew with every run. */
export class PromptEvents extends State {
  readonly settings: Settings<"kind">;
  readonly seen = this.question("ffn", { long: true });

  constructor(bench: Bench) {
    super(bench);
    this.settings = new Settings(bench.session, "s.events.");
  }

  /** Looks at every position of the prompt, once the lens has said how many there are. */
  async look(): Promise<void> {
    const { prompted, edits } = this.session;
    const { grid } = this.bench.use(Lens);
    const tokens = grid.result?.tokens.length ?? 0;
    if (prompted === undefined || tokens === 0 || grid.loading) return;
    await this.seen.ask(
      given<FfnRequest>({
        ...prompted,
        positions: Array.from({ length: tokens }, (_, i) => i),
        top: 0,
        words: 0,
        nullVectors: 0,
        interventions: edits.specs,
      }),
    );
  }
}

export const wantedKinds = [
  { value: "", label: "both", title: "Every event of the prompt" },
  {
    value: "saturation",
    label: "▲ saturation",
    title: "The final answer reaches the first rank, where it stays",
  },
  {
    value: "elimination",
    label: "▼ elimination",
    title: "The word that led is pushed down, further than in any other layer",
  },
] as const;

/** The sub-updates that did it: those that push the word the way it went first. */
export function responsible(event: FfnEventView): FfnEventView["subUpdates"] {
  const side = event.kind === "saturation" ? -1 : 1;
  return event.subUpdates.toSorted((a, b) => side * ((a.score ?? 0) - (b.score ?? 0)));
}

export const sources = [
  { value: "", label: "the model’s own texts", title: "Held-out sentences of the task it was trained for" },
  { value: "prompts", label: "my prompts", title: "Prompts typed here, one a line, each taken whole" },
  {
    value: "file",
    label: "a file",
    title: "A text file on the machine of the server, or JSON lines with a prompt each",
  },
] as const;

export type Source = (typeof sources)[number]["value"];

export class CorpusEvents extends State {
  readonly settings: Settings<"source" | "file" | "examples" | "threshold" | "seed" | "extreme">;
  readonly counted = this.question("events", { long: true, stays: true });
  /** One a line; too long for an address. */
  prompts = $state("");

  constructor(bench: Bench) {
    super(bench);
    this.settings = new Settings(bench.session, "s.events.");
  }

  get source(): Source {
    return sources.find((s) => s.value === this.settings.text("source"))?.value ?? "";
  }

  count(): Promise<boolean> {
    const { settings, source } = this;
    return this.counted.ask(
      given<EventsRequest>({
        model: this.session.modelName,
        data: source === "file" ? settings.text("file").trim() : undefined,
        prompts: source === "prompts" ? this.prompts.split("\n").filter((p) => p.trim() !== "") : undefined,
        examples: settings.number("examples"),
        threshold: settings.number("threshold"),
        seed: settings.number("seed"),
        interventions: this.session.edits.specs,
      }),
      { again: true },
    );
  }
}

function pointOf(layer: number, estimate: Estimate): PlotPoint[] {
  if (estimate.value === null) return [];
  return [{ x: layer, y: estimate.value, low: estimate.low ?? undefined, high: estimate.high ?? undefined }];
}

export function plotsOf(result: EventsResult, withoutExtreme: boolean): readonly PlotSpec[] {
  const layers = result.layers;
  const layer = {
    label: "layer",
    format: (v: number) => String(v),
    ...(layers.length <= 16 ? { ticks: layers.map((l) => l.layer) } : {}),
  };
  const over = (name: string, role: Role, of: (l: EventLayerView) => Estimate) => ({
    name,
    role,
    points: layers.flatMap((l) => pointOf(l.layer, of(l))),
  });
  const scores = (l: EventLayerView) => (withoutExtreme ? l.withoutExtreme : l.leading);
  const common = { width: 560, height: 230, x: layer };
  return [
    {
      ...common,
      title: "Where the answer is settled for good",
      y: { label: "prompts whose answer saturates here", format: share, holds: [0] },
      series: [over("saturation layer", "main", (l) => l.saturated)],
    },
    {
      ...common,
      title: "How much the ten dominant neurons write",
      y: { label: "their share of what the layer writes, median", format: share, holds: [0] },
      series: [
        over("ten dominant sub-updates", "main", (l) => l.share),
        over("ten random ones", "control", (l) => l.randomShare),
      ],
    },
    {
      ...common,
      title: "What the ten say of the word that leads before the layer",
      y: { label: "score e·mv, mean over prompts", format: (v) => signed(v, 1), holds: [0] },
      series: [
        over("largest of the ten", "main", (l) => scores(l).max),
        over("mean", "control", (l) => scores(l).mean),
        over("smallest", "beside", (l) => scores(l).min),
      ],
    },
  ];
}

/** An estimate with its interval: 1.44 (1.39 – 1.49). */
export function estimated(e: Estimate, digits = 2): string {
  const value = signed(e.value, digits);
  return e.low === null || e.high === null
    ? value
    : `${value} (${signed(e.low, digits)} – ${signed(e.high, digits)})`;
}

export function eventName(kind: FfnEventKind): string {
  return kind === "saturation" ? "▲ saturation" : "▼ elimination";
}
