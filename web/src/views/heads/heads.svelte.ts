/** What the Heads view asks for: every head at one position, and all of the chosen one. */
import { given } from "../../api/client";
import type { HeadReading, HeadsRequest, HeadTrait, HeadTraits } from "../../api/types";
import { holderOf } from "../../state/parts";
import { Settings } from "../../state/settings";
import type { Bench } from "../bench";
import { Chosen } from "../parts/chosen.svelte";
import { State } from "../view";
import { nameOf } from "./names";

/** The traits by which heads can be ranked, with what each means. */
export const traits: Partial<Record<HeadTrait, string>> = {
  copies: "raises the words it looks at (name movers; far below 0: negative movers)",
  induction: "looks at what followed an earlier place of the same token",
  duplicate: "looks at earlier places of the same token",
  previous: "looks at the token before",
  self: "looks at its own token",
  sink: "rests on the first position",
  entropy: "spreads its attention, nats",
  distance: "looks far back, positions",
};

export class Heads extends State {
  readonly settings: Settings<"trait">;
  readonly map = this.question("heads");
  readonly card = this.question("heads", { aside: true });
  readonly found = this.question("heads", { aside: true });

  constructor(bench: Bench) {
    super(bench);
    this.settings = new Settings(bench.session, "h.", { trait: "" });
  }

  /** The head whose card is open, such as L4H6. */
  get chosen(): string | undefined {
    const { part } = this.bench.use(Chosen);
    const held = part === undefined ? undefined : holderOf(part);
    return held?.kind === "head" ? held.name : undefined;
  }

  /** The reading of a head on the map. */
  of(name: string | undefined): HeadReading | undefined {
    return this.map.result?.heads.find((h) => nameOf(h) === name);
  }

  /** What the chosen head does over prompts of random tokens that come twice. */
  get traits(): HeadTraits | undefined {
    return this.found.result?.traits?.heads.find((h) => nameOf(h) === this.chosen);
  }

  #asked(): HeadsRequest | undefined {
    const { page, prompted, edits } = this.session;
    return prompted === undefined
      ? undefined
      : given<HeadsRequest>({
          ...prompted,
          positions: [page.position ?? -1],
          target: page.target,
          against: page.target === undefined ? undefined : page.rival,
          interventions: edits.specs,
        });
  }

  async ask(): Promise<void> {
    const asked = this.#asked();
    if (asked === undefined) return;
    void this.found.ask(
      given<HeadsRequest>({
        ...asked,
        layers: [0],
        top: 1,
        attends: 1,
        on: "repeated",
        interventions: this.session.edits.specs,
      }),
    );
    await this.map.ask({ ...asked, top: 6, attends: 4 });
  }

  async open(): Promise<void> {
    const asked = this.#asked();
    const { chosen } = this;
    if (asked === undefined || chosen === undefined) return this.card.clear();
    await this.card.ask({ ...asked, heads: [chosen], top: 6, attends: 6, terms: 8 });
  }

  /** Values of the map: the push, or a trait. */
  value(head: HeadReading): number | undefined {
    const trait = this.settings.text("trait") as HeadTrait | "";
    if (trait === "") return head.push ?? undefined;
    const one = this.found.result?.traits?.heads.find((h) => nameOf(h) === nameOf(head));
    return one?.values[trait] ?? undefined;
  }
}
