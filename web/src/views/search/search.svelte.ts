/** What the Search tab asks the server for. The first search of a model builds its index, as a job with progress. */
import { given, problemOf, type ProblemError } from "../../api/client";
import type { Progress, SearchHit, SearchRequest, SearchResult } from "../../api/types";
import type { Session } from "../../state/session.svelte";

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

export class Search {
  readonly #session: Session;
  /** The newest answer; it stays on the page while the next one is on its way. */
  result: SearchResult | undefined = $state.raw();
  problem: ProblemError | undefined = $state.raw();
  progress: Progress | undefined = $state.raw();
  loading = $state(false);
  #asking: AbortController | undefined;
  #asked = "";

  constructor(session: Session) {
    this.#session = session;
  }

  /** The query as it is sent: what is typed, and the filters that it does not name itself. */
  get query(): string {
    const { query = "", kind, sign, layers } = this.#session.page;
    const own = (key: string) => new RegExp(`(^|\\s)${key}:`).test(query);
    const parts = [query.trim()];
    if (kind !== "" && !own("kind")) parts.push(`kind:${kind}`);
    if (sign !== "" && !own("sign")) parts.push(`sign:${sign}`);
    if (layers.trim() !== "" && !own("layer")) parts.push(`layer:${layers.replaceAll(/\s/g, "")}`);
    return parts.join(" ");
  }

  async ask(again = false): Promise<void> {
    const { page, modelName, client, info } = this.#session;
    if (info.state !== "done" || (page.query ?? "").trim() === "") return;
    const request = given<SearchRequest>({ model: modelName, query: this.query, limit: most, top: 12 });
    const key = JSON.stringify(request);
    if (key === this.#asked && !again) return;
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    this.#asked = key;
    this.loading = true;
    this.progress = undefined;
    try {
      this.result = await client.job(
        "search",
        request,
        { progress: (progress) => (this.progress = progress) },
        asking.signal,
      );
      this.problem = undefined;
    } catch (error) {
      const problem = problemOf(error);
      if (problem !== undefined) {
        this.problem = problem;
        this.result = undefined;
      }
    } finally {
      if (this.#asking === asking) {
        this.loading = false;
        this.progress = undefined;
      }
    }
  }

  /** Puts neurons into the Edits, switched off: one, or several as a named group. */
  keep(hits: readonly SearchHit[], name: string): void {
    const neurons = hits.filter((h) => h.neuron !== undefined).map((h) => h.label);
    if (neurons.length === 0) return;
    this.#session.edits.add({
      kind: "scale",
      neurons,
      value: 0,
      ...(neurons.length > 1 ? { name, notes: `found by: ${this.query}` } : {}),
    });
  }

  clear(): void {
    this.cancel();
    this.result = undefined;
    this.problem = undefined;
  }

  cancel(): void {
    this.#asking?.abort();
    this.#asked = "";
    this.loading = false;
    this.progress = undefined;
  }
}
