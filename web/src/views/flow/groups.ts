/** Groups of nodes: as they stand in the address, and drawn as one node each. */
import type { FlowEdge, FlowGroup, FlowNode, FlowResult } from "../../api/types";

/** Groups with names of their own: the second `a` becomes `a 2`. */
function distinct(groups: readonly FlowGroup[]): FlowGroup[] {
  const names = new Set<string>();
  return groups.map((group) => {
    let { name } = group;
    for (let i = 2; names.has(name); i++) name = `${group.name} ${i}`;
    names.add(name);
    return { ...group, name };
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Groups as a text: `name=id+id;name=id+id`. */
export function written(groups: readonly FlowGroup[]): string {
  return distinct(groups)
    .map(({ name, ids }) => `${encodeURIComponent(name)}=${ids.map(encodeURIComponent).join("+")}`)
    .join(";");
}

export function groupsIn(text: string): FlowGroup[] {
  return distinct(
    text
      .split(";")
      .map((part) => part.split("="))
      .filter(([name, ids]) => (name ?? "") !== "" && (ids ?? "") !== "")
      .map(([name, ids]) => ({
        name: decoded(name ?? ""),
        ids: (ids ?? "").split("+").map(decoded),
      })),
  );
}

/** The id of the node that stands for a group. */
export function idOf(group: Pick<FlowGroup, "name">): string {
  return `group:${group.name}`;
}

/** The graph with each group as one node: numbers of its members added up, edges from and to it joined, those within left out. */
export function grouped(result: FlowResult, groups: readonly FlowGroup[]): FlowResult {
  const shown = new Set(result.nodes.map((n) => n.id));
  const owner = new Map<string, string>();
  const drawn: FlowNode[] = [];
  for (const group of groups) {
    const members = result.nodes.filter((n) => group.ids.includes(n.id) && !owner.has(n.id));
    const first = members[0];
    if (first === undefined || members.length < 2) continue;
    for (const { id } of members) owner.set(id, idOf(group));
    const pushes = members.map((n) => n.push).filter((p) => p !== undefined);
    drawn.push({
      ...first,
      id: idOf(group),
      label: group.name,
      layer: Math.max(...members.map((n) => n.layer ?? 0)),
      influence: members.reduce((sum, n) => sum + (n.influence ?? 0), 0),
      members: members.length,
      ...(pushes.length === 0 ? {} : { push: pushes.reduce<number>((sum, p) => sum + (p ?? 0), 0) }),
    });
  }
  if (drawn.length === 0) return result;
  const edges = new Map<string, FlowEdge>();
  for (const edge of result.edges) {
    const from = owner.get(edge.from) ?? edge.from;
    const to = owner.get(edge.to) ?? edge.to;
    if (from === to || (!shown.has(edge.from) && !owner.has(edge.from))) continue;
    const key = `${from} ${to} ${edge.kind}`;
    const before = edges.get(key);
    edges.set(
      key,
      before === undefined
        ? { ...edge, from, to }
        : {
            ...before,
            value: (before.value ?? 0) + (edge.value ?? 0),
            influence: (before.influence ?? 0) + (edge.influence ?? 0),
            width: (before.width ?? 0) + (edge.width ?? 0),
          },
    );
  }
  return {
    ...result,
    nodes: [...result.nodes.filter((n) => !owner.has(n.id)), ...drawn],
    edges: [...edges.values()],
  };
}

/** What edges add here less what they add in the run that the graph is held against, by `from to`; edges that are not shown there have none. */
export function differencesOf(result: FlowResult): ReadonlyMap<string, number> {
  const there = new Map((result.other?.edges ?? []).map((e) => [`${e.from} ${e.to}`, e.value]));
  const differences = new Map<string, number>();
  for (const { from, to, value } of result.edges) {
    const other = there.get(`${from} ${to}`);
    if (other !== undefined && other !== null) differences.set(`${from} ${to}`, (value ?? 0) - other);
  }
  return differences;
}
