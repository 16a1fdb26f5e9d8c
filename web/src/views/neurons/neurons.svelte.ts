/** What the Neurons tab asks the server for: every layer's feed-forward part at one position, taken apart. */
import { given, problemOf, type ProblemError } from "../../api/client";
import type { FfnOrder, FfnRequest, FfnResult, LensConvention, SubUpdateView } from "../../api/types";
import { promptOf } from "../../state/prompt";
import type { Session } from "../../state/session.svelte";

/** Sub-updates asked for in every layer; half of them are shown until more are wanted. */
const listed = 12;

export class Neurons {
  readonly #session: Session;
  /** The newest result; it stays on the page while the next one is on its way. */
  result: FfnResult | undefined = $state.raw();
  problem: ProblemError | undefined = $state.raw();
  loading = $state(false);
  #asked = "";
  #asking: AbortController | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The sub-update of the chosen neuron, where it is among the listed ones. */
  get chosen(): SubUpdateView | undefined {
    return this.#listed(this.#session.page.neuron);
  }

  #listed(name: string | undefined): SubUpdateView | undefined {
    for (const layer of this.result?.layers ?? [])
      for (const update of layer.subUpdates) if (update.name === name) return update;
    return undefined;
  }

  #request(): FfnRequest | undefined {
    const { page, modelName, info, edits } = this.#session;
    if (info.state !== "done" || !info.value.languageHead || (page.prompt ?? "") === "") return undefined;
    return given<FfnRequest>({
      model: modelName,
      ...promptOf(page.prompt ?? ""),
      positions: [page.position ?? -1],
      top: listed,
      words: 10,
      target: page.target,
      against: page.target === undefined ? undefined : page.rival,
      order: page.order as FfnOrder,
      convention: page.scores as LensConvention,
      interventions: edits.specs,
    });
  }

  /** Asks, unless this very question is answered already. */
  async ask(again = false): Promise<void> {
    const request = this.#request();
    const key = JSON.stringify(request);
    if (request === undefined || (key === this.#asked && !again)) return;
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    this.#asked = key;
    this.loading = true;
    try {
      this.result = await this.#session.client.call("ffn", request, asking.signal);
      this.problem = undefined;
    } catch (error) {
      const problem = problemOf(error);
      if (problem !== undefined) {
        this.problem = problem;
        this.result = undefined;
      }
    } finally {
      if (this.#asking === asking) this.loading = false;
    }
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
  }
}
