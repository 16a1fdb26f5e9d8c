/** The part whose card is open: one for all views, in the address. */
import { given } from "../../api/client";
import type { LensRequest } from "../../api/types";
import { absent, holderOf, partIn, placeKey, placesOf, type ModelPart, type Place } from "../../state/parts";
import { titleOf } from "../../state/interventions";
import { Settings } from "../../state/settings";
import type { Bench } from "../bench";
import { Clusters } from "../search/clusters.svelte";
import { State } from "../view";

export class Chosen extends State {
  readonly #settings: Settings<"card">;
  /** What the part writes at the position that is looked at, in words. */
  readonly read = this.question("lens", { aside: true });

  constructor(bench: Bench) {
    super(bench);
    this.#settings = new Settings(bench.session, "");
  }

  get part(): ModelPart | undefined {
    return partIn(this.#settings.text("card"));
  }

  /** The name of the part where it is of this kind. */
  named(kind: ModelPart["kind"]): string | undefined {
    const { part } = this;
    return part?.kind === kind ? part.name : undefined;
  }

  open(name: string): void {
    this.#settings.set("card", partIn(name)?.name ?? "");
  }

  close(): void {
    this.#settings.set("card", "");
  }

  override renew(): void {
    this.close();
  }

  /** The neurons of a cluster, once clusters are found. */
  members(part: ModelPart): readonly string[] {
    return part.kind === "cluster" ? (this.bench.use(Clusters).named(part.index ?? -1)?.neurons ?? []) : [];
  }

  /** Where edits act on a part. */
  placesOf(part: ModelPart): readonly Place[] {
    const cluster = part.kind === "cluster" ? this.bench.use(Clusters).named(part.index ?? -1) : undefined;
    return cluster === undefined
      ? placesOf(part)
      : [{ ...placesOf(part, cluster.neurons)[0], ...this.bench.use(Clusters).labelled(cluster) }];
  }

  /** The edits in force that change the part together with others, by their titles. */
  groupsOf(part: ModelPart): readonly string[] {
    const { name } = holderOf(part);
    return this.session.edits.inForce
      .filter((spec) => {
        const list = spec.neurons ?? spec.heads ?? [];
        return list.length > 1 && list.includes(name);
      })
      .map(titleOf);
  }

  /** Why there is no such part here, in a sentence. */
  absence(part: ModelPart): string | undefined {
    const { info } = this.session;
    return info === undefined ? undefined : absent(part, info);
  }

  /** Whether an edit in force acts on the part, alone or with others. */
  changed(part: ModelPart): boolean {
    const own = this.placesOf(part).map(placeKey);
    const { name } = holderOf(part);
    return this.session.edits.inForce.some(
      (spec) => own.includes(placeKey(spec)) || (spec.neurons ?? spec.heads ?? []).includes(name),
    );
  }

  /** Reads what the part writes at the position, where it is a place of the stream. */
  async ask(): Promise<void> {
    const { page, prompted, edits } = this.session;
    const { part } = this;
    const at = part === undefined || this.absence(part) !== undefined ? undefined : pointOf(part);
    if (at === undefined || prompted === undefined) return this.read.clear();
    await this.read.ask(
      given<LensRequest>({
        ...prompted,
        at: [at],
        positions: [part?.kind === "position" ? (part.index ?? 0) : (page.position ?? -1)],
        top: 10,
        bottom: 5,
        target: page.target,
        against: page.target === undefined ? undefined : page.rival,
        interventions: edits.specs,
      }),
    );
  }
}

/** The hook point at which a part is read, by its full name. */
function pointOf({ kind, layer }: ModelPart): string | undefined {
  switch (kind) {
    case "layer":
      return `blocks.${layer}.hook_resid_post`;
    case "attention":
      return `blocks.${layer}.hook_attn_out`;
    case "MLP":
      return `blocks.${layer}.hook_mlp_out`;
    case "position":
      return "blocks.0.hook_resid_pre";
    case "head":
    case "neuron":
    case "direction of a head":
    case "cluster":
      return undefined;
  }
}
