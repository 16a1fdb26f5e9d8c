/** A flow graph as a scene. */
import type { FlowNode, FlowResult } from "../../api/types";
import {
  entropyScale,
  probabilityScale,
  pushScale,
  rankScale,
  type ColourScale,
  type Theme,
} from "../../visual/scales";
import type { Mark, Paint, Scene } from "../../visual/scene";
import { quantity, shortened, signed, visible } from "../../visual/text";
import { placed, type Drawing } from "./layout";

export type FlowColour = "rank" | "probability" | "entropy" | "push";

export interface Coloured {
  readonly scale: ColourScale;
  readonly value: (node: FlowNode) => number | undefined;
}

export function colourOf(result: FlowResult, by: string, theme: Theme): Coloured {
  const target = visible(result.target.text);
  switch (by) {
    case "probability":
      return {
        scale: probabilityScale(theme, "first word"),
        value: (n) => n.top?.[0]?.probability ?? undefined,
      };
    case "entropy":
      return {
        scale: entropyScale(theme, Math.max(1, ...result.nodes.map((n) => n.entropy ?? 0)), "bits"),
        value: (n) => n.entropy ?? undefined,
      };
    case "push": {
      const most = Math.max(1e-9, ...result.nodes.map((n) => Math.abs(n.push ?? 0)));
      return {
        scale: pushScale(theme, most, `push on ${target}, logits`),
        value: (n) => n.push ?? undefined,
      };
    }
    default:
      return {
        scale: rankScale(theme, result.vocabulary, target),
        value: (n) => n.target?.rank,
      };
  }
}

/** What a node is, in a sentence. */
export function sentenceOf(node: FlowNode, result: FlowResult, effect?: number): string {
  const token = visible(result.tokens[node.position]?.text ?? "");
  const words = (node.top ?? [])
    .slice(0, 10)
    .map((w) => visible(w.text))
    .join(" ");
  const push = node.push === undefined ? "" : `, adds ${signed(node.push)} logits to the target`;
  const off = effect === undefined ? "" : `; without it the target’s logit changes by ${signed(-effect)}`;
  return `${node.label} at ${token} (${node.position}): ${((node.influence ?? 0) * 100).toFixed(1)} % of the prediction passes through it, length ${quantity(node.norm)}${push}${off}. ${words === "" ? "" : `Reads as ${words}.`}`;
}

function radius(node: FlowNode): number {
  return node.kind === "others" ? 3 : 4 + 9 * Math.sqrt(node.influence ?? 0);
}

export function sceneOf(
  result: FlowResult,
  drawing: Drawing,
  colour: Coloured,
  options: {
    readonly title?: string;
    readonly footer?: string;
    readonly pins?: readonly string[];
    /** What an edge adds here less what it adds in another run; edges are coloured by it. */
    readonly difference?: ((from: string, to: string) => number | undefined) | undefined;
  } = {},
): Scene {
  const at = new Map(drawing.nodes.map((p) => [p.node.id, p]));
  const marks: Mark[] = [];
  for (const edge of drawing.edges) {
    const from = at.get(edge.from);
    const to = at.get(edge.to);
    if (from === undefined || to === undefined) continue;
    const { difference } = options;
    const value = difference === undefined ? (edge.value ?? 0) : difference(edge.from, edge.to);
    const stroke: Paint =
      edge.kind === "others" || value === undefined || (difference !== undefined && Math.abs(value) < 1e-6)
        ? "line"
        : value < 0
          ? "accent"
          : edge.kind === "residual" && difference === undefined
            ? "line-strong"
            : "target";
    const middle = (from.y + to.y) / 2;
    marks.push({
      kind: "path",
      d: `M${round(from.x)} ${round(from.y)} C${round(from.x)} ${round(middle)} ${round(to.x)} ${round(middle)} ${round(to.x)} ${round(to.y)}`,
      stroke,
      width: round(0.5 + 12 * Math.sqrt(Math.max(0, edge.influence ?? 0)) * 0.8),
      ...(edge.kind === "others" ? { dash: "3 3" } : {}),
    });
  }
  for (const { node, x, y } of drawing.nodes) {
    const others = node.kind === "others";
    marks.push({
      kind: "dot",
      x,
      y,
      r: radius(node),
      fill: others ? "line" : (colour.scale.of(colour.value(node)).background as `#${string}`),
      edge: options.pins?.includes(node.id) ? "ink" : "line-strong",
    });
    const named = node.kind === "head" || node.kind === "mlp" || node.kind === "prediction";
    const word = node.kind === "prediction" ? result.target.text : node.top?.[0]?.text;
    if (named || ((node.kind === "stream" || node.kind === "value") && (node.influence ?? 0) > 0.02))
      marks.push({
        kind: "text",
        x: x + radius(node) + 3,
        y: y + 3,
        text: `${named && node.kind !== "prediction" ? `${node.label.replace("MLP ", "M")} ` : ""}${shortened(word ?? "", 10)}`,
        fill: node.kind === "prediction" ? "target-ink" : "ink",
        size: 9,
        halo: "panel",
        ...(named ? { bold: true } : {}),
      });
  }
  for (const { position, x } of drawing.columns)
    marks.push({
      kind: "text",
      x,
      y: drawing.height - 8,
      text: `${shortened(result.tokens[position]?.text ?? "", 14)} ${position}`,
      fill: "dim",
      size: 12,
      anchor: "middle",
      face: "mono",
    });
  if (options.title !== undefined)
    marks.push({ kind: "text", x: 12, y: 20, text: options.title, fill: "ink", size: 13, bold: true });
  const foot = options.footer === undefined ? 0 : 22;
  if (options.footer !== undefined)
    marks.push({
      kind: "text",
      x: 12,
      y: drawing.height + 12,
      text: options.footer,
      fill: "dim",
      size: 10,
    });
  return { width: drawing.width, height: drawing.height + foot, marks };
}

/** Where a picture comes from, for its foot. */
export function footerOf(result: FlowResult, edits: number): string {
  const { provenance } = result;
  return `${provenance.model} · weights ${provenance.weightHash.slice(0, 12)} · ${edits === 0 ? "no edits" : `${edits} edits in force`} · relative to ${result.baseline} · Lexiscope ${provenance.codeVersion}`;
}

/** The whole model small: how much of the prediction passes through each layer at each position. */
export function stripOf(result: FlowResult, width: number): Scene {
  const step = width / Math.max(1, result.tokens.length);
  const row = 9;
  const height = row * (result.layers + 1) + 16;
  const marks: Mark[] = [];
  const through = new Map<string, number>();
  for (const node of result.nodes)
    if (node.kind === "head" || node.kind === "mlp" || node.kind === "embed") {
      const key = `${node.layer ?? -1} ${node.position}`;
      through.set(key, (through.get(key) ?? 0) + (node.influence ?? 0));
    }
  const most = Math.max(1e-9, ...through.values());
  for (const [key, influence] of through) {
    const [layer = 0, position = 0] = key.split(" ").map(Number);
    const r = Math.max(1.2, 5 * Math.sqrt(influence / most));
    marks.push({
      kind: "dot",
      x: step * (position + 0.5),
      y: height - 16 - row * (layer + 1.2),
      r,
      fill: "target",
    });
  }
  result.tokens.forEach((token, i) => {
    marks.push({
      kind: "text",
      x: step * (i + 0.5),
      y: height - 3,
      text: shortened(token.text, Math.max(2, Math.floor(step / 7))),
      fill: "dim",
      size: 10,
      anchor: "middle",
      face: "mono",
    });
  });
  return { width, height, marks };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The graph as a picture of its own. */
export function sheetScene(
  result: FlowResult,
  by: string,
  theme: Theme,
  edits: number,
  cone?: string,
): Scene {
  return sceneOf(result, placed(result, cone), colourOf(result, by, theme), {
    title: result.sentence,
    footer: footerOf(result, edits),
  });
}
