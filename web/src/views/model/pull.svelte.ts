/** Fetching a model from the hub: one at a time, with its progress. */
import { problemOf, type ProblemError } from "../../api/client";
import type { Progress, PullResult } from "../../api/types";
import type { Session } from "../../state/session.svelte";

export class Pull {
  readonly #session: Session;
  running = $state(false);
  progress: Progress | undefined = $state.raw();
  problem: ProblemError | undefined = $state.raw();
  result: PullResult | undefined = $state.raw();
  #going: AbortController | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Fetches a model into the standard cache; the list of models then holds it. */
  async fetch(id: string): Promise<void> {
    this.cancel();
    const going = (this.#going = new AbortController());
    this.running = true;
    this.problem = undefined;
    this.result = undefined;
    this.progress = undefined;
    try {
      const on = { progress: (progress: Progress) => (this.progress = progress) };
      this.result = await this.#session.client.job("pull", { id }, on, going.signal);
      await this.#session.list();
    } catch (error) {
      if (this.#going === going) this.problem = problemOf(error);
    } finally {
      if (this.#going === going) this.running = false;
    }
  }

  cancel(): void {
    this.#going?.abort();
    this.running = false;
  }
}
