/** The account of every layer as one sheet: what it did to the target, and which neurons did it. */
import type { FfnLayerView, FfnResult } from "../../api/types";
import { barMark, mostOf } from "../../visual/bars";
import type { Mark, Paint, Scene } from "../../visual/scene";
import { shortened, signed, visible } from "../../visual/text";
import { written } from "./words";

const row = 58;
const top = 70;
const middle = 250;
const reach = 110;
/** Neurons listed of each layer. */
const listed = 3;

export function sheetOf(result: FfnResult, title: string): Scene {
  const layers = result.layers.toReversed();
  const [first] = layers;
  const target = `${visible(first?.target.text ?? "")}${result.against ? ` − ${visible(result.against.text)}` : ""}`;
  const most = mostOf(layers.map((l) => l.balance.change));
  return {
    width: 1040,
    height: top + layers.length * row,
    marks: [
      text(16, 24, title, "ink", { bold: true }),
      text(
        16,
        44,
        `Feed-forward layers at position ${first?.position ?? 0}: change of the logit of ${target}, and the neurons listed first`,
        "dim",
      ),
      ...layers.flatMap((layer, i) => account(layer, top + i * row, most)),
    ],
  };
}

function account(layer: FfnLayerView, y: number, most: number): Mark[] {
  const { change } = layer.balance;
  return [
    text(16, y + 18, `layer ${layer.layer}`, "ink", { bold: true }),
    text(16, y + 34, `rank ${layer.before.target.rank} → ${layer.after.target.rank}`, "dim"),
    { kind: "line", at: [middle, y, middle, y + row - 8], stroke: "line" },
    barMark(change, most, { middle, reach, y: y + 8, height: 12 }),
    text(middle + reach + 12, y + 18, signed(change), "ink"),
    ...layer.subUpdates.slice(0, listed).flatMap((update, n): Mark[] => {
      const line = y + 12 + n * 15;
      const words = written(update).slice(0, 5);
      return [
        text(440, line, update.name, "ink", { face: "mono" }),
        text(570, line, `× ${signed(update.coefficient)}`, "dim", { anchor: "end" }),
        text(630, line, signed(update.score), (update.score ?? 0) < 0 ? "accent-ink" : "target-ink", {
          anchor: "end",
        }),
        text(646, line, words.map((w) => shortened(w.text, 12)).join(" "), "dim", { face: "mono" }),
      ];
    }),
  ];
}

type Type = Pick<Extract<Mark, { kind: "text" }>, "bold" | "face" | "anchor">;

function text(x: number, y: number, content: string, fill: Paint, type: Type = {}): Mark {
  return { kind: "text", x, y, text: content, fill, ...type };
}
