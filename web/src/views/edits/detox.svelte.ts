/** Value vectors set so that continuations become less toxic, and what that costs, beside controls. */
import { given } from "../../api/client";
import type { DetoxRequest, DetoxResult, DetoxRow, Measured, Estimate } from "../../api/types";
import { wordsOf } from "../../state/interventions";
import { Settings } from "../../state/settings";
import type { PlotPoint, PlotSpec } from "../../visual/plot";
import { percent, quantity, share } from "../../visual/text";
import type { Bench } from "../bench";
import { State } from "../view";

export const ways = [
  {
    value: "",
    label: "automatically",
    title: "Those that lower the expected number of lexicon words most, by gradient",
  },
  { value: "words", label: "by words", title: "Those that promote given words most" },
  { value: "hand", label: "by hand", title: "Those you name" },
] as const;

export type Way = (typeof ways)[number]["value"];

type Name =
  | "way"
  | "words"
  | "neurons"
  | "count"
  | "coefficient"
  | "units"
  | "doses"
  | "limit"
  | "n"
  | "draws"
  | "seed";

/** One item a line. */
function lines(text: string): string[] | undefined {
  const found = text.split("\n").filter((line) => line.trim() !== "");
  return found.length === 0 ? undefined : found;
}

export class Detox extends State {
  readonly settings: Settings<Name>;
  readonly trial = this.question("detox", { long: true, stays: true });
  /** Texts of one's own, one a line; the model's own when empty. They are too long for an address. */
  prompts = $state("");
  lexicon = $state("");
  texts = $state("");

  constructor(bench: Bench) {
    super(bench);
    this.settings = new Settings(bench.session, "s.detox.");
  }

  get way(): Way {
    return ways.find((w) => w.value === this.settings.text("way"))?.value ?? "";
  }

  /** The single neurons and groups among the edits, to start from. */
  get edited(): readonly string[] {
    const named = this.session.edits.all.flatMap((e) => e.neurons ?? []);
    return named.filter((name, i) => named.indexOf(name) === i);
  }

  experiment(): Promise<boolean> {
    const { settings, way } = this;
    const doses = settings
      .list("doses")
      ?.map(Number)
      .filter((d) => !Number.isNaN(d));
    return this.trial.ask(
      given<DetoxRequest>({
        model: this.session.modelName,
        prompts: lines(this.prompts),
        lexicon: lines(this.lexicon),
        texts: lines(this.texts),
        neurons: way === "hand" ? (settings.list("neurons") ?? []) : undefined,
        words: way === "words" ? wordsOf(settings.text("words")) : undefined,
        count: way === "hand" ? undefined : settings.number("count"),
        coefficient: settings.number("coefficient"),
        units: settings.text("units") === "pre" ? "pre-activation" : undefined,
        doses,
        n: settings.number("n"),
        limit: settings.number("limit"),
        draws: settings.number("draws"),
        seed: settings.number("seed"),
      }),
      { again: true },
    );
  }

  /** Puts what was found to work into the Edits as one group. */
  keep(result: DetoxResult): void {
    const chosen = chosenOf(result);
    this.session.edits.add(
      ...result.interventions.map((spec) => ({
        ...spec,
        name: spec.name ?? `detox: ${result.vectors.length} vectors = ${chosen?.coefficient ?? "?"}`,
      })),
    );
  }
}

export function chosenOf(result: DetoxResult): DetoxRow | undefined {
  return result.rows.find((row) => row.kind === "chosen");
}

export function randomOf(result: DetoxResult): DetoxRow | undefined {
  return result.rows.find((row) => row.kind === "random");
}

/** A share with its interval, to read beside each other: 79.5 % (73.6 – 85.5). */
export function ranged(metric: Estimate | undefined, sign = false): string {
  if (metric === undefined) return "";
  const plus = sign && (metric.value ?? 0) > 0 ? "+" : "";
  return `${plus}${percent(metric.value)} (${percent(metric.low)} – ${percent(metric.high)})`;
}

function pointOf(x: Measured | undefined, metric: Estimate | undefined): PlotPoint[] {
  if (typeof x !== "number" || metric === undefined || metric.value === null) return [];
  return [{ x, y: metric.value, low: metric.low ?? undefined, high: metric.high ?? undefined }];
}

/** Two plots over the same doses: what it helps, and what it costs. */
export function plotsOfDoses(result: DetoxResult): readonly PlotSpec[] {
  const doses = result.rows.filter((row) => row.kind === "dose");
  const random = randomOf(result);
  const filter = result.rows.find((row) => row.kind === "wordFilter");
  const coefficient = {
    label: result.setup.inSpreads
      ? "value vectors set to (their own spreads from their means)"
      : "value vectors set to (coefficient)",
    format: (v: number) => String(Number(v.toPrecision(4))).replace("-", "−"),
    ticks: doses.flatMap((row) => (typeof row.coefficient === "number" ? [row.coefficient] : [])),
  };
  const at = chosenOf(result)?.coefficient;
  return [
    {
      title: "Dose and response: how often the answer is toxic",
      width: 560,
      height: 250,
      x: coefficient,
      y: { label: "toxic continuations", format: share, holds: [0] },
      series: [
        {
          name: "chosen vectors",
          role: "main",
          points: doses.flatMap((r) => pointOf(r.coefficient, r.toxicityInterval)),
        },
        ...(random === undefined
          ? []
          : [
              {
                name: "random vectors of the same layers",
                role: "beside" as const,
                joined: false,
                points: pointOf(random.coefficient ?? at, random.toxicityInterval),
              },
            ]),
      ],
      levels: [
        { name: "no change", y: result.baseline.toxicity ?? 0 },
        ...(filter === undefined ? [] : [{ name: "word filter", y: filter.toxicity ?? 0 }]),
      ],
    },
    {
      title: "What it costs: perplexity of held-out texts",
      width: 560,
      height: 250,
      x: coefficient,
      y: {
        label: "rise of perplexity",
        format: (v) => `${v > 0 ? "+" : ""}${Math.abs(v) < 0.1 ? percent(v) : share(v)}`,
        holds: [0],
      },
      series: [
        {
          name: "chosen vectors",
          role: "main",
          points: doses.flatMap((r) => pointOf(r.coefficient, r.perplexityRise)),
        },
        ...(random === undefined
          ? []
          : [
              {
                name: "random vectors of the same layers",
                role: "beside" as const,
                joined: false,
                points: pointOf(random.coefficient ?? at, random.perplexityRise),
              },
            ]),
      ],
    },
  ];
}

/** The same prompt continued without and with the change; what both share is told apart. */
export interface BeforeAfter {
  readonly shared: string;
  readonly before: string;
  readonly after: string;
}

export function examplesOf(result: DetoxResult): readonly BeforeAfter[] {
  const after = chosenOf(result)?.examples ?? [];
  return result.baseline.examples.flatMap((before, i) => {
    const other = after[i];
    if (other === undefined) return [];
    let same = 0;
    while (same < before.length && before[same] === other[same]) same++;
    // Whole words only, so that the difference begins where a reader sees it.
    const cut = same === before.length && same === other.length ? same : before.lastIndexOf(" ", same) + 1;
    return [{ shared: before.slice(0, cut), before: before.slice(cut), after: other.slice(cut) }];
  });
}

export function perplexityOf(row: DetoxRow): string {
  return row.perplexity === undefined || row.perplexity === null ? "as before" : quantity(row.perplexity);
}
