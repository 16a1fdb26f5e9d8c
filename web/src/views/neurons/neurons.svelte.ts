/** What the Neurons tab asks the server for: every layer's feed-forward part at one position, taken apart. */
import { given } from "../../api/client";
import type { FfnOrder, FfnRequest, LensConvention, SubUpdateView } from "../../api/types";
import { Settings } from "../../state/settings";
import type { Bench } from "../bench";
import { State } from "../view";
import { Card } from "./card.svelte";

/** Sub-updates asked for in every layer; half of them are shown until more are wanted. */
const listed = 12;

export class Neurons extends State {
  readonly settings: Settings<"order" | "scores">;
  readonly taken = this.question("ffn");

  constructor(bench: Bench) {
    super(bench);
    this.settings = new Settings(bench.session, "", { order: "dominance", scores: "frozenScale" });
  }

  /** The sub-update of the chosen neuron, where it is among the listed ones. */
  get chosen(): SubUpdateView | undefined {
    return this.#listed(this.bench.use(Card).name);
  }

  #listed(name: string | undefined): SubUpdateView | undefined {
    for (const layer of this.taken.result?.layers ?? [])
      for (const update of layer.subUpdates) if (update.name === name) return update;
    return undefined;
  }

  /** Takes the position apart that is pinned. */
  async ask(): Promise<void> {
    const { page, prompted, edits } = this.session;
    if (prompted === undefined) return;
    await this.taken.ask(
      given<FfnRequest>({
        ...prompted,
        positions: [page.position ?? -1],
        top: listed,
        words: 10,
        target: page.target,
        against: page.target === undefined ? undefined : page.rival,
        order: this.settings.text("order") as FfnOrder,
        convention: this.settings.text("scores") as LensConvention,
        interventions: edits.specs,
      }),
    );
  }
}
