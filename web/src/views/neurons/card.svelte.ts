/** The card of the chosen neuron: what it listens for, what it writes, where it fires in the prompt. */
import { given } from "../../api/client";
import type { NeuronRequest, SearchRequest } from "../../api/types";
import { Chosen } from "../parts/chosen.svelte";
import { State } from "../view";

export class Card extends State {
  readonly shown = this.question("neuron", { aside: true });
  /** The neurons whose value vectors point most the same way; the first time this builds the index of the model. */
  readonly similar = this.question("search", { aside: true, long: true });
  /** The neuron whose like is not to be looked for until it is asked for. */
  #stopped: string | undefined;

  /** The neuron whose card is open, such as L3N12. */
  get name(): string | undefined {
    return this.bench.use(Chosen).named("neuron");
  }

  async ask(): Promise<void> {
    const { name } = this;
    const { modelName, edits, info, prompted } = this.session;
    if (name === undefined || !(info?.languageHead ?? false)) return this.clear();
    if (this.shown.result?.name !== name) this.shown.clear();
    if (name !== this.#stopped) void this.liken();
    await this.shown.ask(
      given<NeuronRequest>({
        model: modelName,
        ...prompted,
        neuron: name,
        words: 10,
        nullVectors: 20,
        interventions: edits.specs,
      }),
    );
  }

  /** Looks for its like. */
  async liken(): Promise<void> {
    const { name } = this;
    if (name === undefined) return;
    this.#stopped = undefined;
    const query = `like:${name} kind:neuron`;
    if (this.similar.result?.query !== query && !this.similar.loading) this.similar.clear();
    await this.similar.ask(given<SearchRequest>({ model: this.session.modelName, query, limit: 6, top: 4 }));
  }

  /** Stops looking for its like, and building the index for it. */
  stop(): void {
    this.#stopped = this.name;
    this.similar.cancel();
  }
}
