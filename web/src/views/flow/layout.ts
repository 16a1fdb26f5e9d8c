/** Where the nodes of a flow graph stand: positions from left to right, depth from below, and what leads to one of them. */
import type { FlowEdge, FlowNode, FlowResult } from "../../api/types";

export interface Placed {
  readonly node: FlowNode;
  readonly x: number;
  readonly y: number;
}

export interface Drawing {
  readonly nodes: readonly Placed[];
  readonly edges: readonly FlowEdge[];
  readonly columns: readonly { readonly position: number; readonly x: number }[];
  readonly width: number;
  readonly height: number;
}

const layerHeight = 120;
const columnWidth = 190;
const margin = 60;
const perRow = 8;

/** Where a kind stands within its layer: how far up, and how far to the side. */
const within: Record<FlowNode["kind"], readonly [up: number, aside: number]> = {
  embed: [-0.45, 0],
  posEmbed: [-0.45, 46],
  stream: [0, 0],
  streamMid: [0.5, 0],
  head: [0.32, -46],
  value: [0.16, -70],
  attnBias: [0.32, -30],
  mlp: [0.82, 46],
  neuron: [0.66, 74],
  mlpBias: [0.7, 90],
  prediction: [0.5, 0],
  others: [0.1, 26],
  normed: [0.1, 26],
  queries: [0.1, 26],
  query: [0.1, 26],
  key: [0.1, 26],
  heads: [0.1, 26],
  attnNeuron: [0.1, 26],
  attn: [0.1, 26],
  neuronKey: [0.1, 26],
};

/** Ids of everything from which edges lead to a node, itself included. */
export function coneOf(edges: readonly FlowEdge[], id: string): ReadonlySet<string> {
  const before = new Map<string, string[]>();
  for (const edge of edges) before.set(edge.to, [...(before.get(edge.to) ?? []), edge.from]);
  const cone = new Set<string>([id]);
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const from of before.get(next) ?? [])
      if (!cone.has(from)) {
        cone.add(from);
        open.push(from);
      }
  return cone;
}

/** Places what is shown: all of it, or the causes of one node. */
export function placed(result: FlowResult, cone?: string): Drawing {
  const kept = cone === undefined ? undefined : coneOf(result.edges, cone);
  const shown = result.nodes.filter((n) => kept?.has(n.id) ?? true);
  const positions = [...new Set(shown.map((n) => n.position))].sort((a, b) => a - b);
  const columns = positions.map((position, i) => ({
    position,
    x: margin + columnWidth * (i + 0.5),
  }));
  const xs = new Map(columns.map((c) => [c.position, c.x]));
  const height = margin * 2 + layerHeight * (result.layers + 1);
  const used = new Map<string, number>();
  const nodes = shown.map((node): Placed => {
    const [up, aside] = within[node.kind];
    const others = node.kind === "others";
    const layer = node.layer ?? 0;
    const slot = `${node.position} ${layer} ${node.kind}`;
    const index = used.get(slot) ?? 0;
    used.set(slot, index + 1);
    // Many of a kind at one place stand in rows, so that they stay near it.
    const [along, row] = [index % perRow, Math.floor(index / perRow)];
    const spread = aside === 0 ? 0 : (aside < 0 ? -1 : 1) * along * (others ? 6 : 15);
    return {
      node,
      x: (xs.get(node.position) ?? 0) + aside + spread,
      y:
        height -
        margin -
        layerHeight * (0.5 + layer + up) -
        (aside === 0 ? 0 : along * (others ? 9 : 7)) +
        row * 8,
    };
  });
  const ids = new Set(shown.map((n) => n.id));
  return {
    nodes,
    edges: result.edges.filter((e) => ids.has(e.from) && ids.has(e.to)),
    columns,
    width: margin * 2 + columnWidth * columns.length,
    height,
  };
}
