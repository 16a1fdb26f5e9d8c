/** What the Flow view asks for: the graph of the prediction at one position. */
import { given } from "../../api/client";
import type { FlowNode, FlowRequest } from "../../api/types";
import { partIn, type ModelPart } from "../../state/parts";
import { Settings } from "../../state/settings";
import type { Bench } from "../bench";
import { Chosen } from "../parts/chosen.svelte";
import { State } from "../view";

export class Flow extends State {
  readonly settings: Settings<"nodes" | "colour" | "node" | "cone" | "effects" | "pins">;
  readonly graph = this.question("flow", { stays: true });

  constructor(bench: Bench) {
    super(bench);
    this.settings = new Settings(bench.session, "f.", { nodes: "0.6", colour: "rank" });
  }

  /** The node in the inspector. */
  get node(): FlowNode | undefined {
    const id = this.settings.text("node");
    return this.graph.result?.nodes.find((n) => n.id === id);
  }

  /** Shows a node, and the card of its part. */
  choose(id: string): void {
    this.settings.set("node", id);
    const { node } = this;
    const part = node === undefined ? undefined : this.partOf(node);
    this.bench.use(Chosen).open(part?.name ?? "");
  }

  /** The part of the model that a node stands for: that of its position where it is a token as it enters. */
  partOf(node: FlowNode): ModelPart | undefined {
    return node.kind === "embed" ? partIn(`position ${node.position}`) : partIn(node.label);
  }

  /** The node whose causes alone are shown. */
  get cone(): string | undefined {
    const id = this.settings.text("cone");
    return this.graph.result?.nodes.some((n) => n.id === id) ? id : undefined;
  }

  open(id: string): void {
    this.settings.set("cone", id);
  }

  get pins(): readonly string[] {
    return this.settings.list("pins") ?? [];
  }

  pin(id: string): void {
    const { pins } = this;
    this.settings.set("pins", (pins.includes(id) ? pins.filter((p) => p !== id) : [...pins, id]).join(","));
  }

  override renew(): void {
    for (const name of ["node", "cone", "pins"] as const) this.settings.set(name, "");
  }

  /** What switching a node off does, where that was measured. */
  effect(id: string): number | undefined {
    return this.graph.result?.effects?.nodes.find((e) => e.id === id)?.logits ?? undefined;
  }

  async ask(): Promise<void> {
    const { page, prompted, edits } = this.session;
    if (prompted === undefined) return;
    await this.graph.ask(
      given<FlowRequest>({
        ...prompted,
        position: page.position ?? -1,
        target: page.target,
        against: page.target === undefined ? undefined : page.rival,
        nodes: this.settings.number("nodes") ?? 0.6,
        top: 10,
        effects: this.settings.text("effects") === "yes" ? true : undefined,
        interventions: edits.specs,
      }),
    );
  }
}
