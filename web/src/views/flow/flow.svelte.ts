/** What the Flow view asks for: the graph of the prediction at one position. */
import { given } from "../../api/client";
import type { FlowGroup, FlowNode, FlowRequest, FlowResult } from "../../api/types";
import { partIn, type ModelPart } from "../../state/parts";
import { Settings } from "../../state/settings";
import type { Bench } from "../bench";
import { Chosen } from "../parts/chosen.svelte";
import { State } from "../view";
import { taken } from "./exchange";
import { differencesOf, grouped, groupsIn, idOf, written } from "./groups";

export class Flow extends State {
  readonly settings: Settings<"nodes" | "colour" | "node" | "cone" | "effects" | "pins" | "groups" | "other">;
  readonly graph = this.question("flow", { stays: true });

  constructor(bench: Bench) {
    super(bench);
    this.settings = new Settings(bench.session, "f.", { nodes: "0.6", colour: "rank" });
  }

  readonly groups: readonly FlowGroup[] = $derived.by(() => groupsIn(this.settings.text("groups")));
  /** The graph as it is drawn, with each group as one node. */
  readonly shown: FlowResult | undefined = $derived.by(() =>
    this.graph.result === undefined ? undefined : grouped(this.graph.result, this.groups),
  );

  /** The node in the inspector. */
  get node(): FlowNode | undefined {
    const id = this.settings.text("node");
    return this.shown?.nodes.find((n) => n.id === id);
  }

  /** The group that a node stands for. */
  groupOf(id: string): FlowGroup | undefined {
    return this.groups.find((g) => idOf(g) === id);
  }

  /** Makes one node of what is pinned. */
  group(name: string): void {
    const ids = this.pins.filter((id) => this.graph.result?.nodes.some((n) => n.id === id) ?? false);
    const free = name.trim() === "" ? `group ${this.groups.length + 1}` : name.trim();
    if (ids.length < 2) return;
    const others = this.groups
      .map((g) => ({ ...g, ids: g.ids.filter((id) => !ids.includes(id)) }))
      .filter((g) => g.ids.length > 1 && g.name !== free);
    this.settings.set("groups", written([...others, { name: free, ids }]));
    this.settings.set("pins", "");
  }

  /** Groups as the graph proposes them: nodes that write alike. */
  groupAlike(): void {
    this.settings.set("groups", written(this.graph.result?.groups ?? []));
  }

  ungroup(name: string): void {
    this.settings.set("groups", written(this.groups.filter((g) => g.name !== name)));
  }

  /** Takes over what is pinned and grouped in a graph file; says how much of it this graph does not show. */
  read(text: string): string {
    if (this.graph.result === undefined) return "";
    const { pins, groups, unknown } = taken(text, this.graph.result);
    this.settings.set("pins", pins.join(","));
    this.settings.set("groups", written(groups));
    return `${pins.length} pinned, ${groups.length} grouped${unknown === 0 ? "" : `; ${unknown} nodes of the file are not in this graph`}`;
  }

  /** What an edge adds here less what it adds in the run it is held against. */
  difference(from: string, to: string): number | undefined {
    return this.#differences?.get(`${from} ${to}`);
  }

  readonly #differences = $derived.by(() =>
    this.graph.result === undefined ? undefined : differencesOf(this.graph.result),
  );

  /** Shows a node, and the card of its part. */
  choose(id: string): void {
    const group = this.groups.find((g) => g.ids.includes(id));
    const hidden = !(this.shown?.nodes.some((n) => n.id === id) ?? false);
    this.settings.set("node", group !== undefined && hidden ? idOf(group) : id);
    const { node } = this;
    const part = node === undefined ? undefined : this.partOf(node);
    this.bench.use(Chosen).open(part?.name ?? "");
  }

  /** The part of the model that a node stands for: that of its position where it is a token as it enters, none where it is a group. */
  partOf(node: FlowNode): ModelPart | undefined {
    if (this.groupOf(node.id) !== undefined) return undefined;
    return node.kind === "embed" ? partIn(`position ${node.position}`) : partIn(node.label);
  }

  /** The node whose causes alone are shown. */
  get cone(): string | undefined {
    const id = this.settings.text("cone");
    return this.shown?.nodes.some((n) => n.id === id) ? id : undefined;
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
    for (const name of ["node", "cone", "pins", "groups"] as const) this.settings.set(name, "");
  }

  /** What switching a node off does, where that was measured. */
  effect(id: string): number | undefined {
    return this.graph.result?.effects?.nodes.find((e) => e.id === id)?.logits ?? undefined;
  }

  /** What the graph is held against: the model without edits, or another prompt. */
  #other(): FlowRequest["other"] {
    const text = this.settings.text("other");
    return text === "" ? undefined : text === "plain" ? { plain: true } : { text };
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
        other: this.#other(),
      }),
    );
  }
}
