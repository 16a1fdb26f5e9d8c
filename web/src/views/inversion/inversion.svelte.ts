/** Which inputs share an activation: what is asked, and what of the answer is shown at the bound of the slider. */
import { given } from "../../api/client";
import type {
  ActivationMetric,
  InvertCurvePoint,
  InvertRequest,
  InvertResult,
  InvertSample,
  Measured,
  PositionMatch,
} from "../../api/types";
import { Settings } from "../../state/settings";
import type { PlotSpec } from "../../visual/plot";
import { amount, quantity } from "../../visual/text";
import type { Bench } from "../bench";
import { State } from "../view";

export const metrics = [
  {
    value: "euclidean",
    label: "distance",
    title: "Length of the difference by the length of the query’s activation",
  },
  { value: "cosine", label: "angle", title: "1 less the cosine of the angle between the two" },
  {
    value: "kl",
    label: "effect",
    title: "How far the answer moves with the other’s activation in its place, nats; of a sample",
  },
] as const;

export const matches = [
  { value: "role", label: "same part", title: "Compared at the position that plays the same part" },
  { value: "any", label: "anywhere", title: "Compared at whichever position is nearest, as published" },
] as const;

/** How many activations are swapped in, of members and of others, when the set is tested. */
const swaps = 100;
/** On how many inputs it is measured what the features explain. */
const explained = 4000;

type Name = "at" | "position" | "epsilon" | "metric" | "match" | "inputs" | "own";

export class Inversion extends State {
  readonly settings: Settings<Name>;
  readonly found = this.question("invert", { long: true, stays: true });
  /** Which bound of the curve is looked at; that of the question when absent. */
  bound: number | undefined = $state();

  constructor(bench: Bench) {
    super(bench);
    this.settings = new Settings(bench.session, "s.inversion.");
  }

  override renew(): void {
    for (const name of ["at", "position", "inputs", "own"] as const) this.settings.set(name, "");
  }

  get metric(): ActivationMetric {
    const asked = this.settings.text("metric");
    return metrics.find((m) => m.value === asked)?.value ?? "euclidean";
  }

  get match(): PositionMatch {
    return this.settings.text("match") === "any" ? "any" : "role";
  }

  /** The set at the bound of the slider. */
  get point(): InvertCurvePoint | undefined {
    const { result } = this.found;
    if (result === undefined) return undefined;
    return result.curve[this.bound ?? usual(result)];
  }

  async find(test = false): Promise<void> {
    const { prompted, edits } = this.session;
    if (prompted === undefined) return;
    const own = this.settings.text("own").trim();
    this.bound = undefined;
    await this.found.ask(
      given<InvertRequest>({
        ...prompted,
        at: this.settings.list("at") ?? ["x0.mid"],
        position: this.settings.number("position"),
        match: this.match,
        metric: this.metric,
        epsilon: this.settings.number("epsilon"),
        inputs: this.settings.text("inputs").trim() || undefined,
        texts: own === "" ? undefined : [own],
        swaps: test ? swaps : undefined,
        explained: this.match === "any" ? undefined : explained,
        interventions: edits.specs,
      }),
      { again: true },
    );
  }
}

/** Which point of the curve is the bound that was asked for. */
export function usual(result: InvertResult): number {
  return Math.max(
    0,
    result.curve.findIndex((p) => p.epsilon === result.epsilon),
  );
}

/** Sizes of the set by rising bound. */
export function curveOf(result: InvertResult): PlotSpec {
  return {
    title: "Inputs within the bound",
    width: 560,
    height: 200,
    x: { label: `bound (${result.metric})`, format: quantity, holds: [0] },
    y: { label: "inputs", format: amount, holds: [0] },
    series: [
      {
        name: result.query.name ?? result.query.at,
        role: "main",
        points: result.curve.map((p) => ({ x: p.epsilon ?? 0, y: p.size })),
      },
    ],
  };
}

/** A token of an input beside the query's at the same place. */
export interface Aligned {
  readonly text: string;
  readonly same: boolean;
  readonly matched: boolean;
}

/** The tokens of an input, each beside the query's at the same place. */
export function aligned(sample: InvertSample, query: readonly { readonly text: string }[]): Aligned[] {
  return sample.tokens.map((text, i) => ({
    text,
    same: i >= query.length || query[i]?.text === text,
    matched: i === sample.position,
  }));
}

/** Whether a distance is within a bound. */
export function within(distance: Measured, bound: Measured | undefined): boolean {
  return distance !== null && bound !== undefined && bound !== null && distance <= bound;
}
