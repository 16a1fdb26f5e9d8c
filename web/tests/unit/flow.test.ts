// @vitest-environment node
import { expect, it } from "vitest";
import { coneOf, placed } from "../../src/views/flow/layout";
import { pageOf } from "../../src/views/flow/offline";
import { colourOf, sceneOf, sentenceOf, stripOf } from "../../src/views/flow/picture";
import { rowsOf } from "../../src/views/heads/names";
import { arcsOf, mapOf, patternOf } from "../../src/views/heads/picture";
import { pushScale } from "../../src/visual/scales";
import { svgOf } from "../../src/visual/scene";
import { flow, heads, headsCard as card } from "../fixtures/index";

it("the cone of a node is everything that leads to it and nothing else", () => {
  const head = flow.nodes.find((n) => n.kind === "head");
  const cone = coneOf(flow.edges, head?.id ?? "");

  expect(cone.has(head?.id ?? "")).toBe(true);
  for (const edge of flow.edges) if (cone.has(edge.to)) expect(cone.has(edge.from)).toBe(true);
  expect(cone.size).toBeLessThan(flow.nodes.length);
  expect([...cone].some((id) => id.startsWith("prediction"))).toBe(false);
  expect(placed(flow, head?.id).nodes.length).toBe(cone.size);
});

it("every node stands on the sheet, later layers above earlier ones", () => {
  const drawing = placed(flow);

  for (const { x, y } of drawing.nodes) {
    expect(x).toBeGreaterThan(0);
    expect(x).toBeLessThan(drawing.width);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(drawing.height);
  }
  const streams = drawing.nodes
    .filter((p) => p.node.kind === "stream" && p.node.position === flow.totals.position)
    .sort((a, b) => (a.node.layer ?? 0) - (b.node.layer ?? 0));
  for (let i = 1; i < streams.length; i++) expect(streams[i]?.y ?? 0).toBeLessThan(streams[i - 1]?.y ?? 0);
});

it("a graph is drawn with a line for each edge and a dot for each node", () => {
  const drawing = placed(flow);
  for (const by of ["rank", "probability", "entropy", "push"]) {
    const scene = sceneOf(flow, drawing, colourOf(flow, by, "light"));
    expect(scene.marks.filter((m) => m.kind === "path").length).toBe(flow.edges.length);
    expect(scene.marks.filter((m) => m.kind === "dot").length).toBe(flow.nodes.length);
  }
  expect(stripOf(flow, 600).marks.filter((m) => m.kind === "text").length).toBe(flow.tokens.length);
});

it("a saved page says every node and reaches for nothing outside", () => {
  const page = pageOf(flow, "rank", "dark", 0);

  expect(page.match(/<title>/g)?.length).toBeGreaterThan(flow.nodes.length);
  expect(page).not.toMatch(/(?:src|href)=/);
  expect(page).toContain(flow.provenance.weightHash.slice(0, 12));
  expect(page).toContain("no edits");
});

it("a node is told in a sentence with its words", () => {
  const head = flow.nodes.find((n) => n.kind === "head");
  if (head === undefined) throw new Error("expected a head among the recorded nodes");
  expect(sentenceOf(head, flow)).toContain(`${head.label} at`);
  expect(sentenceOf(head, flow, 1.5)).toContain("−1.50");
});

it("the map of heads has a cell for each, the last layer first", () => {
  const scale = pushScale("light", 2, "push");
  const scene = mapOf(heads, (h) => h.push ?? undefined, "title", scale);

  expect(scene.marks.filter((m) => m.kind === "rect").length).toBe(heads.heads.length);
  expect(svgOf(scene, "light", "t")).toContain("layer 5");
  expect(rowsOf(heads)[0]?.[1].length).toBe(8);
  expect(scale.of(2).background).not.toBe(scale.of(-2).background);
});

it("a pattern has a cell for each pair, and arcs lead to where a head looks", () => {
  const pattern = card.card?.pattern ?? [];
  const cells = pattern.reduce((sum, row) => sum + row.length, 0);

  expect(patternOf(pattern, card.tokens, "light").marks.filter((m) => m.kind === "rect").length).toBe(cells);
  const arcs = arcsOf(card.heads[0], card.tokens, 700).marks.filter((m) => m.kind === "path");
  expect(arcs.length).toBe(card.heads[0]?.attends.length);
});
