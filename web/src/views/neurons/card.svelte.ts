/** The card of the chosen neuron: what it listens for, what it writes, where it fires in the prompt. */
import { given, problemOf } from "../../api/client";
import type { NeuronRequest, NeuronResult, Progress, SearchHit, SearchRequest } from "../../api/types";
import type { Load } from "../../state/load";
import { promptOf } from "../../state/prompt";
import type { Session } from "../../state/session.svelte";

export class Card {
  readonly #session: Session;
  load: Load<NeuronResult> = $state.raw({ state: "idle" });
  /** The newest card; it stays while the next one is on its way. */
  result: NeuronResult | undefined = $state.raw();
  /** The neurons whose value vectors point most the same way. */
  similar: Load<readonly SearchHit[]> = $state.raw({ state: "idle" });
  /** How far the index is that likeness is looked up in, while it is built. */
  building: Progress | undefined = $state.raw();
  #asking: AbortController | undefined;
  #liking: AbortController | undefined;
  #asked = "";
  #likened = "";

  constructor(session: Session) {
    this.#session = session;
  }

  async ask(): Promise<void> {
    const { page, modelName, client, edits, info } = this.#session;
    if (page.neuron === undefined || info.state !== "done" || !info.value.languageHead) return this.clear();
    const request = given<NeuronRequest>({
      model: modelName,
      neuron: page.neuron,
      ...((page.prompt ?? "") === "" ? {} : promptOf(page.prompt ?? "")),
      words: 10,
      nullVectors: 20,
      interventions: edits.specs,
    });
    const key = JSON.stringify(request);
    if (key === this.#asked) return;
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    this.#asked = key;
    if (this.result?.name !== page.neuron) this.result = undefined;
    void this.#liken(page.neuron);
    this.load = { state: "loading" };
    try {
      const value = await client.call("neuron", request, asking.signal);
      this.result = value;
      this.load = { state: "done", value };
    } catch (error) {
      const problem = problemOf(error);
      if (problem === undefined) return;
      this.result = undefined;
      this.load = { state: "failed", problem };
    }
  }

  /** Looks for its like in the index; the first time this builds the index, which may take a while. */
  async #liken(neuron: string): Promise<void> {
    const { client, modelName } = this.#session;
    const key = `${modelName} ${neuron}`;
    if (key === this.#likened) return;
    this.#liking?.abort();
    const liking = (this.#liking = new AbortController());
    this.#likened = key;
    this.building = undefined;
    this.similar = { state: "loading" };
    try {
      const request = given<SearchRequest>({
        model: modelName,
        query: `like:${neuron} kind:neuron`,
        limit: 6,
        top: 4,
      });
      const found = await client.job(
        "search",
        request,
        { progress: (progress) => (this.building = progress) },
        liking.signal,
      );
      if (this.#liking === liking) this.similar = { state: "done", value: found.hits };
    } catch (error) {
      const problem = problemOf(error);
      if (problem !== undefined && this.#liking === liking) this.similar = { state: "failed", problem };
    }
  }

  /** Looks for its like again, after it was stopped or failed. */
  likenAgain(): void {
    const { neuron } = this.#session.page;
    this.#likened = "";
    if (neuron !== undefined) void this.#liken(neuron);
  }

  /** Stops looking for its like, and building the index for it. */
  stopLikening(): void {
    this.#liking?.abort();
    this.building = undefined;
    this.similar = { state: "idle" };
  }

  clear(): void {
    this.#liking?.abort();
    this.#likened = "";
    this.similar = { state: "idle" };
    this.#asking?.abort();
    this.#asked = "";
    this.result = undefined;
    this.load = { state: "idle" };
  }
}
