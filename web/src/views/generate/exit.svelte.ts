/** Rules for leaving the network early: learned on some texts, tested on others, and put to use in Generate. */
import { given } from "../../api/client";
import type { ExitRequest, ExitResult, ExitRow, LateKeys } from "../../api/types";
import type { PlotSpec } from "../../visual/plot";
import { probability } from "../../visual/text";
import { Settings } from "../../state/settings";
import type { Bench } from "../bench";
import { State } from "../view";

export const rules = [
  { value: "", label: "best", title: "The one that saves most where thresholds are tuned" },
  {
    value: "sub-updates",
    label: "the paper’s",
    title: "Overlap of the clusters of dominant sub-updates, as sets",
  },
  { value: "sub-updates-rank", label: "its code’s", title: "The same, compared rank by rank" },
  { value: "confidence", label: "confidence", title: "Probability of the likeliest token, one threshold" },
  { value: "confidence-layers", label: "per layer", title: "The same with a threshold for each layer" },
  { value: "probe", label: "probe", title: "A logistic regression on the residual stream" },
] as const;

/** What a rule is, for those who meet its name first here. */
export const meanings: Record<string, string> = {
  never: "runs every layer: the baseline",
  "sub-updates":
    "the paper’s rule: leaves where the clusters of the dominant sub-updates are those remembered of a saturated example",
  "sub-updates-rank": "the same, clusters compared rank by rank, as the authors’ code does",
  confidence: "leaves where the likeliest token is likely enough; one threshold for all layers",
  "confidence-layers": "leaves where the likeliest token is likely enough; a threshold for each layer",
  probe: "leaves where a logistic regression on the residual stream says so",
  oracle: "leaves exactly at saturation: what no rule can know, an upper bound",
};

export const lateKeys = [
  {
    value: "exact",
    label: "exact",
    title: "Skipped layers run late, together, when a later token goes that deep",
  },
  {
    value: "copied",
    label: "copied",
    title: "Taken from the stream a token left with: cheaper, approximate",
  },
] as const;

type Name = "agreement" | "examples" | "tests" | "splits" | "clusters" | "rule" | "keys" | "prompts" | "n";

export class Exit extends State {
  readonly settings: Settings<Name>;
  readonly learned = this.question("exit", { long: true, stays: true });
  /** Texts to learn from and test on, one a line; the model's own when empty. */
  texts = $state("");

  constructor(bench: Bench) {
    super(bench);
    this.settings = new Settings(bench.session, "s.exit.");
  }

  get keys(): LateKeys {
    return this.settings.text("keys") === "copied" ? "copied" : "exact";
  }

  learn(): Promise<boolean> {
    const { settings } = this;
    const texts = this.texts.split("\n").filter((t) => t.trim() !== "");
    return this.learned.ask(
      given<ExitRequest>({
        model: this.session.modelName,
        texts: texts.length === 0 ? undefined : texts,
        agreement: settings.number("agreement"),
        examples: settings.number("examples"),
        tests: settings.number("tests"),
        splits: settings.number("splits"),
        clusters: settings.number("clusters"),
        rule: settings.text("rule") === "" ? undefined : settings.text("rule"),
        prompts: settings.number("prompts"),
        n: settings.number("n"),
        lateKeys: this.keys === "exact" ? undefined : this.keys,
        withRule: true,
        interventions: this.session.edits.specs,
      }),
      { again: true },
    );
  }
}

/** Agreement by layers saved: every rule one point, the rule in use in front. */
export function plotOfRules(result: ExitResult): PlotSpec {
  const point = (row: ExitRow) => ({
    x: row.savedLayers ?? 0,
    y: row.accuracy.value ?? 0,
    low: row.accuracy.low ?? undefined,
    high: row.accuracy.high ?? undefined,
    label: row.name,
  });
  const bounds = ["never", "oracle"];
  const of = (wanted: (name: string) => boolean) => result.rows.filter((r) => wanted(r.name)).map(point);
  return {
    title: "What each rule keeps and saves, on texts it was not learned from",
    width: 640,
    height: 270,
    x: {
      label: `layers saved of ${result.setup.layers}`,
      format: (v) => v.toFixed(1),
      holds: [0, result.setup.layers - 1],
    },
    y: { label: "predictions that are the whole network’s", format: (v) => `${(100 * v).toFixed(1)} %` },
    series: [
      { name: "rule in use", role: "main" as const, joined: false, points: of((n) => n === result.rule) },
      {
        name: "other rules",
        role: "beside" as const,
        joined: false,
        points: of((n) => n !== result.rule && !bounds.includes(n)),
      },
      { name: "bounds", role: "control" as const, joined: false, points: of((n) => bounds.includes(n)) },
    ],
    levels: [
      {
        name: `thresholds are tuned to ${probability(result.setup.agreement)}`,
        y: result.setup.agreement ?? 0,
      },
    ],
  };
}
