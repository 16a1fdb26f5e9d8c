/** The prompt without and with the interventions in force: asked for after every run while there are some. */
import { given, problemOf } from "../../api/client";
import type { CompareRequest, CompareResult, TargetChange } from "../../api/types";
import { valueOf, type Load } from "../../state/load";
import { promptOf } from "../../state/prompt";
import type { Session } from "../../state/session.svelte";

/** Tokens either side is continued by: enough to see the text turn. */
const continued = 16;

export class Comparison {
  readonly #session: Session;
  /** The newest answer; it stays while the next one is on its way. */
  result: CompareResult | undefined = $state.raw();
  load: Load<CompareResult> = $state.raw({ state: "idle" });
  #asking: AbortController | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  get loading(): boolean {
    return this.load.state === "loading";
  }

  /** The word followed: the target where one is chosen, else the word likeliest before. */
  get followed(): TargetChange | undefined {
    return this.result?.positions[0]?.targets[0];
  }

  async ask(): Promise<void> {
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    const { page, modelName, client, edits } = this.#session;
    const interventions = edits.specs;
    const info = valueOf(this.#session.info);
    if (interventions === undefined || !(info?.languageHead ?? true) || (page.prompt ?? "") === "")
      return this.clear();
    this.load = { state: "loading" };
    try {
      const value = await client.call(
        "compare",
        given<CompareRequest>({
          model: modelName,
          ...promptOf(page.prompt ?? ""),
          interventions,
          positions: [-1],
          targets: page.target === undefined ? undefined : [page.target],
          against: page.target === undefined ? undefined : page.rival,
          n: (info?.causal ?? true) ? continued : 0,
        }),
        asking.signal,
      );
      this.result = value;
      this.load = { state: "done", value };
    } catch (error) {
      const problem = problemOf(error);
      if (problem === undefined) return;
      this.result = undefined;
      this.load = { state: "failed", problem };
    }
  }

  clear(): void {
    this.#asking?.abort();
    this.result = undefined;
    this.load = { state: "idle" };
  }
}
