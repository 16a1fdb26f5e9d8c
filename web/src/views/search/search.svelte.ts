/** What the Search tab asks the server for. The first search of a model builds its index, as a job with progress. */
import { given } from "../../api/client";
import type { SearchHit, SearchRequest } from "../../api/types";
import { Settings } from "../../state/settings";
import type { Bench } from "../bench";
import { State } from "../view";

/** Hits asked for. */
export const most = 50;

export const kinds = [
  { value: "", label: "all", title: "Neurons, directions of heads, and biases" },
  { value: "neuron", label: "neurons", title: "Value vectors of MLP neurons" },
  { value: "head", label: "heads", title: "What heads write: the singular directions of W_V·W_O" },
  { value: "bias", label: "biases", title: "Biases of MLPs and attention" },
] as const;

export const signs = [
  { value: "", label: "promotes", title: "Largest scores first" },
  { value: "-", label: "suppresses", title: "Smallest scores first" },
  { value: "both", label: "either", title: "Largest absolute scores first" },
] as const;

export class Search extends State {
  readonly settings: Settings<"query" | "kind" | "sign" | "layers">;
  readonly found = this.question("search", { long: true });

  constructor(bench: Bench) {
    super(bench);
    this.settings = new Settings(bench.session, "");
  }

  /** The query as it is sent: what is typed, and the filters that it does not name itself. */
  get query(): string {
    const [query, kind, sign, layers] = (["query", "kind", "sign", "layers"] as const).map((n) =>
      this.settings.text(n),
    ) as [string, string, string, string];
    const own = (key: string) => new RegExp(`(^|\\s)${key}:`).test(query);
    const parts = [query.trim()];
    if (kind !== "" && !own("kind")) parts.push(`kind:${kind}`);
    if (sign !== "" && !own("sign")) parts.push(`sign:${sign}`);
    if (layers.trim() !== "" && !own("layer")) parts.push(`layer:${layers.replaceAll(/\s/g, "")}`);
    return parts.join(" ");
  }

  async ask(): Promise<void> {
    const { modelName, info } = this.session;
    if (info === undefined || this.settings.text("query").trim() === "") return;
    await this.found.ask(given<SearchRequest>({ model: modelName, query: this.query, limit: most, top: 12 }));
  }

  /** Puts neurons into the Edits, switched off: one, or several as a named group. */
  keep(hits: readonly SearchHit[], name: string): void {
    const neurons = hits.filter((h) => h.neuron !== undefined).map((h) => h.label);
    if (neurons.length === 0) return;
    this.session.edits.add({
      kind: "scale",
      neurons,
      value: 0,
      ...(neurons.length > 1 ? { name, notes: `found by: ${this.query}` } : {}),
    });
  }
}
