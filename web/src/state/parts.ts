/**
 * The parts of a model that people name, by the one name that each has on the page: layer 3, attention 3, MLP 3, L3H4,
 * L3H4D0, L3N12, cluster 7, position 13. A part is where edits act, so that whatever has a name can be switched.
 */
import type { InfoResult, InterventionSpec } from "../api/types";
import { placeIn } from "./places";

export type PartKind =
  "layer" | "attention" | "MLP" | "head" | "direction of a head" | "neuron" | "cluster" | "position";

export interface ModelPart {
  readonly kind: PartKind;
  /** The one way in which it is shown. */
  readonly name: string;
  readonly layer?: number;
  /** Which of its kind: in the layer where it is in one. */
  readonly index?: number;
}

function layered(kind: "layer" | "attention" | "MLP", layer: number): ModelPart {
  return { kind, name: `${kind} ${layer}`, layer };
}

export function layerPart(layer: number): ModelPart {
  return layered("layer", layer);
}

/** How results and hook points spell parts that have no place of their own among edits. */
const spellings: readonly (readonly [RegExp, (number: number) => ModelPart])[] = [
  [/^(?:layer |L)(\d{1,6})$/i, layerPart],
  [/^(?:(?:rest|bias) of )?MLP (\d{1,6})$/i, (l) => layered("MLP", l)],
  [/^attention (?:bias )?(\d{1,6})$/i, (l) => layered("attention", l)],
  [/^L(\d{1,6})\.b_mlp$/i, (l) => layered("MLP", l)],
  [/^L(\d{1,6})\.b_attn$/i, (l) => layered("attention", l)],
  [/^blocks\.(\d{1,6})\.hook_mlp_out$/, (l) => layered("MLP", l)],
  [/^blocks\.(\d{1,6})\.hook_attn_out$/, (l) => layered("attention", l)],
  [/^cluster (\d{1,8})$/i, (c) => ({ kind: "cluster", name: `cluster ${c}`, index: c })],
  [/^position (\d{1,6})$/i, (p) => ({ kind: "position", name: `position ${p}`, index: p })],
];

/** The part that a text names, in any spelling that results have; nothing for other texts. */
export function partIn(text: string): ModelPart | undefined {
  // A head “from 8” is that head: the graph draws what it takes from each position.
  const written = text.trim().replace(/ from \d+$/, "");
  for (const [pattern, part] of spellings) {
    const found = pattern.exec(written);
    if (found !== null) return part(Number(found[1]));
  }
  const place = placeIn(written);
  if (place === undefined) return undefined;
  const { kind, name } = place;
  if (kind !== "head" && kind !== "neuron" && kind !== "direction of a head") return undefined;
  const [layer = 0, index = 0] = (name.match(/\d+/g) ?? []).map(Number);
  return { kind, name, layer, index };
}

/** What a part is, for those who meet its name first here. */
export function told(part: ModelPart): string {
  const { kind, layer, index, name } = part;
  switch (kind) {
    case "layer":
      return `layer ${layer}: its attention and its MLP, one after the other; layers count from 0`;
    case "attention":
      return `the attention of layer ${layer}: all of its heads and its bias together`;
    case "MLP":
      return `the MLP (feed-forward part) of layer ${layer}: all of its neurons and its bias together`;
    case "head":
      return `layer ${layer}, attention head ${index}; both count from 0`;
    case "direction of a head":
      return `layer ${layer}, attention head ${index}, direction ${/D(\d+)$/.exec(name)?.[1] ?? ""} of what it can write, the strongest first; all count from 0`;
    case "neuron":
      return `layer ${layer}, neuron ${index} of its MLP; both count from 0`;
    case "cluster":
      return "neurons whose value vectors point the same way, whatever layer they are in";
    case "position":
      return `the token at position ${index} of the prompt, as it enters the model; positions count from 0`;
  }
}

/** The part that holds a direction of a head: it is switched as a whole. */
export function holderOf(part: ModelPart): ModelPart {
  const head = /^(L\d+H\d+)D\d+$/.exec(part.name)?.[1];
  return (head === undefined ? undefined : partIn(head)) ?? part;
}

/** Why there is no such part in a model, in a sentence; nothing where there is. */
export function absent(
  part: ModelPart,
  model: Pick<InfoResult, "layers" | "heads" | "dMlp">,
): string | undefined {
  const outside = (what: string, number: number | undefined, count: number) =>
    number === undefined || number < count
      ? undefined
      : `expected ${what} from 0 to ${count - 1}, got ${number}`;
  const layer = outside("a layer", part.layer, model.layers);
  if (layer !== undefined || part.layer === undefined) return layer;
  if (part.kind === "neuron") return outside("a neuron", part.index, model.dMlp);
  return part.kind === "head" || part.kind === "direction of a head"
    ? outside("a head", part.index, model.heads)
    : undefined;
}

/** Where an edit acts on a part, apart from what it does there. */
export type Place = Pick<InterventionSpec, "at" | "heads" | "neurons" | "positions" | "name" | "notes">;

/** The places at which a part is switched: a layer at two. Members are the neurons of a cluster. */
export function placesOf(part: ModelPart, members: readonly string[] = []): readonly Place[] {
  const { kind, layer, index, name } = part;
  switch (kind) {
    case "layer":
      return [{ at: `blocks.${layer}.hook_attn_out` }, { at: `blocks.${layer}.hook_mlp_out` }];
    case "attention":
      return [{ at: `blocks.${layer}.hook_attn_out` }];
    case "MLP":
      return [{ at: `blocks.${layer}.hook_mlp_out` }];
    case "head":
      return [{ heads: [name] }];
    case "direction of a head":
      return [{ heads: [holderOf(part).name] }];
    case "neuron":
      return [{ neurons: [name] }];
    case "cluster":
      return members.length === 0 ? [] : [{ neurons: [...members] }];
    case "position":
      return [{ at: "hook_embed", positions: [index ?? 0] }];
  }
}

/** A place as a text: equal for edits of one place, however it is spelled. */
export function placeKey(
  spec: Place & Pick<InterventionSpec, "head" | "neuron" | "where" | "direction">,
): string {
  const { at, head, neuron } = spec;
  const layer = /^blocks\.(\d+)\.(.*)$/.exec(at ?? "");
  const name =
    layer?.[2] === "attn.hook_z" && head !== undefined
      ? `L${layer[1]}H${head}`
      : layer?.[2] === "mlp.hook_post" && neuron !== undefined
        ? `L${layer[1]}N${neuron}`
        : undefined;
  const where = name ?? [...(spec.heads ?? spec.neurons ?? [at ?? "", head ?? "", neuron ?? ""])].join(" ");
  const limits = [spec.positions, spec.where, spec.direction].map((l) => JSON.stringify(l ?? null));
  return [where, ...limits].join(" ");
}

/** The part that an edit acts on, where it acts on one and on nothing else. */
export function partOfEdit(spec: InterventionSpec): ModelPart | undefined {
  const list = spec.neurons ?? spec.heads;
  if (list !== undefined) return list.length === 1 ? partIn(list[0] ?? "") : undefined;
  if (spec.at === "hook_embed" && spec.positions?.length === 1 && (spec.positions[0] ?? -1) >= 0)
    return partIn(`position ${spec.positions[0]}`);
  const layer = /^blocks\.(\d+)\./.exec(spec.at ?? "")?.[1];
  if (spec.neuron !== undefined) return partIn(`L${layer}N${spec.neuron}`);
  if (spec.head !== undefined) return partIn(`L${layer}H${spec.head}`);
  return partIn(spec.at ?? "");
}
