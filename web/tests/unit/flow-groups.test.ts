// @vitest-environment node
import { expect, it } from "vitest";
import { graphFileOf, taken } from "../../src/views/flow/exchange";
import { differencesOf, grouped, groupsIn, idOf, written } from "../../src/views/flow/groups";
import { flow } from "../fixtures/index";

const heads = flow.nodes.filter((n) => n.kind === "head").slice(0, 2);
const group = { name: "two “heads”; a=b+c", ids: heads.map((n) => n.id) };

it("groups come back from the address as they went in", () => {
  expect(groupsIn(written([group]))).toEqual([group]);
  expect(groupsIn("")).toEqual([]);
});

it("a group is one node whose numbers are those of its members, and no edge is lost but those within", () => {
  const whole = grouped(flow, [group]);
  const node = whole.nodes.find((n) => n.id === idOf(group));

  expect(whole.nodes.length).toBe(flow.nodes.length - 1);
  expect(node?.influence).toBeCloseTo(
    heads.reduce((sum, n) => sum + (n.influence ?? 0), 0),
    9,
  );
  const sum = (edges: readonly { value: number | null }[]) =>
    edges.reduce((total, e) => total + (e.value ?? 0), 0);
  expect(sum(whole.edges)).toBeCloseTo(sum(flow.edges), 6);
  const ids = new Set(whole.nodes.map((n) => n.id));
  for (const edge of whole.edges) expect(ids.has(edge.from) && ids.has(edge.to)).toBe(true);
  expect(grouped(flow, [{ name: "alone", ids: [heads[0]?.id ?? ""] }])).toBe(flow);
});

it("what is pinned and grouped goes into a graph file and comes back out of it", () => {
  const pins = [heads[0]?.id ?? ""];
  const file = graphFileOf(flow, pins, [group]);
  const back = taken(JSON.stringify(file), flow);

  expect(back).toEqual({ pins, groups: [group], unknown: 0 });
  const foreign = JSON.stringify({ qParams: { pinnedIds: ["0_12_3"], supernodes: [["x", "a", "b"]] } });
  expect(taken(foreign, flow)).toEqual({ pins: [], groups: [], unknown: 3 });
  expect(() => taken("nothing", flow)).toThrow("choose such a file");
  expect(() => taken("{}", flow)).toThrow("JSON without it");
});

it("an edge differs by what it adds here less what it adds there, and has no difference where it is not shown there", () => {
  const [one, two] = flow.edges;
  if (one === undefined || two === undefined) throw new Error("expected edges among those recorded");
  const other = {
    nodes: [],
    totals: flow.totals,
    edges: [
      { from: one.from, to: one.to, value: (one.value ?? 0) + 2, influence: 0 },
      { from: two.from, to: two.to },
    ],
  };
  const differences = differencesOf({ ...flow, other });

  expect(differences.get(`${one.from} ${one.to}`)).toBeCloseTo(-2, 9);
  expect(differences.has(`${two.from} ${two.to}`)).toBe(false);
  expect(differencesOf(flow).size).toBe(0);
});

it("groups of one name are told apart, and an address that was cut off is read as far as it goes", () => {
  const ids = heads.map((n) => n.id);
  const twice = [
    { name: "a", ids },
    { name: "a", ids },
  ];
  expect(groupsIn(written(twice)).map((g) => g.name)).toEqual(["a", "a 2"]);
  expect(groupsIn("50%=L0H0%401+x")).toEqual([{ name: "50%", ids: ["L0H0@1", "x"] }]);
});
