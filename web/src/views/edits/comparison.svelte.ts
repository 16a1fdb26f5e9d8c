/** The prompt without and with the interventions in force: asked for after every run while there are some. */
import { given } from "../../api/client";
import type { CompareRequest, TargetChange } from "../../api/types";
import { State } from "../view";

/** Tokens either side is continued by: enough to see the text turn. */
const continued = 16;

export class Comparison extends State {
  readonly effect = this.question("compare", { aside: true });

  /** The word followed: the target where one is chosen, else the word likeliest before. */
  get followed(): TargetChange | undefined {
    return this.effect.result?.positions[0]?.targets[0];
  }

  override follow(): void {
    void this.ask();
  }

  async ask(): Promise<void> {
    const { page, info, prompted } = this.session;
    const interventions = this.session.edits.specs;
    if (interventions === undefined || prompted === undefined) return this.clear();
    await this.effect.ask(
      given<CompareRequest>({
        ...prompted,
        interventions,
        positions: [-1],
        targets: page.target === undefined ? undefined : [page.target],
        against: page.target === undefined ? undefined : page.rival,
        n: (info?.causal ?? true) ? continued : 0,
      }),
    );
  }
}
