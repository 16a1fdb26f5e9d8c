/** The JSON that viewers of attribution graphs exchange: what is pinned and grouped there and here. */
import type { FlowGroup, FlowResult } from "../../api/types";

/** What of such a file the page takes over. */
export interface Taken {
  readonly pins: readonly string[];
  readonly groups: readonly FlowGroup[];
  /** How many of the file's pinned or grouped nodes this graph does not show. */
  readonly unknown: number;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** Reads pinned and grouped ids; those of nodes that the graph does not show are counted. */
export function taken(text: string, result: FlowResult): Taken {
  const refused = (got: string) =>
    new Error(
      `graph file: expected JSON with qParams as attribution-graph viewers write it, got ${got}; choose such a file`,
    );
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw refused("another text");
  }
  const parameters = (file as { qParams?: { pinnedIds?: unknown; supernodes?: unknown } } | null)?.qParams;
  if (parameters === undefined) throw refused("JSON without it");
  const there = new Set(result.nodes.map((n) => n.id));
  const pinned = strings(parameters.pinnedIds);
  const groups = (Array.isArray(parameters.supernodes) ? parameters.supernodes : []).map((one: unknown) => {
    const [name = "", ...ids] = strings(one);
    return { name, ids };
  });
  const all = [...pinned, ...groups.flatMap((g) => g.ids)];
  return {
    pins: pinned.filter((id) => there.has(id)),
    groups: groups
      .map(({ name, ids }) => ({ name, ids: ids.filter((id) => there.has(id)) }))
      .filter((g) => g.name !== "" && g.ids.length > 1),
    unknown: all.filter((id) => !there.has(id)).length,
  };
}

/** The graph with what is pinned and grouped, as those viewers read it; nodes and links as `flow -o FILE.graph.json` writes them. */
export function graphFileOf(
  result: FlowResult,
  pins: readonly string[],
  groups: readonly FlowGroup[],
): object {
  const tokens = result.tokens.map((t) => t.text);
  const kinds: Readonly<Record<string, string>> = {
    embed: "embedding",
    posEmbed: "embedding",
    prediction: "logit",
    others: "mlp reconstruction error",
  };
  return {
    metadata: {
      slug: "lexiscope-flow",
      scan: result.model,
      prompt_tokens: tokens,
      prompt: tokens.join(""),
    },
    qParams: { pinnedIds: pins, supernodes: groups.map((g) => [g.name, ...g.ids]), linkType: "both" },
    nodes: result.nodes.map((n) => ({
      node_id: n.id,
      layer: n.layer === undefined ? "E" : String(n.layer),
      ctx_idx: n.position,
      feature_type: kinds[n.kind] ?? "cross layer transcoder",
      clerp:
        n.kind === "prediction"
          ? `Output “${result.target.text}”`
          : n.label + (n.top?.[0] === undefined ? "" : `: ${n.top[0].text.trim()}`),
      influence: n.influence,
      activation: n.norm,
      is_target_logit: n.kind === "prediction",
    })),
    links: result.edges.map((e) => ({ source: e.from, target: e.to, weight: e.value })),
  };
}
