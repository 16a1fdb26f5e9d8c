import { describe, expect, it } from "vitest";
import { blocksOf } from "../../src/views/model/markdown";
import { info } from "../fixtures";

const text = (pieces: readonly { text: string }[]) => pieces.map((piece) => piece.text).join("");

describe("a model card", () => {
  it("is drawn whole: headings, paragraphs and tables", () => {
    const blocks = blocksOf(info.card ?? "");

    expect(blocks.map((block) => block.kind)).toEqual([
      "heading",
      "paragraph",
      "table",
      "heading",
      "table",
      "paragraph",
    ]);
    const [, , , , measured] = blocks;
    if (measured?.kind !== "table") throw new Error("expected a table");
    expect(measured.head.map(text)).toEqual(["measurement", "value", "95 % interval", "questions"]);
    expect(measured.rows[0]?.map(text)).toEqual(["facts", "1.0000", "0.9962 – 1.0000", "1000"]);
  });

  it("keeps what stands between strokes of a cell, and shows markup of others as the text it is", () => {
    expect(blocksOf("| a | b |\n| --- | --- |\n| x\\|y | <b>z</b> |")).toEqual([
      {
        kind: "table",
        head: [[{ text: "a", code: false }], [{ text: "b", code: false }]],
        rows: [[[{ text: "x|y", code: false }], [{ text: "<b>z</b>", code: false }]]],
      },
    ]);
  });

  it("leaves out what is for machines, and ends where a fence is not closed", () => {
    expect(blocksOf("---\nlicense: mit\n---\nsee [this](javascript:alert) and **that**\n```\ncode")).toEqual([
      { kind: "paragraph", pieces: [{ text: "see this and that", code: false }] },
      { kind: "code", text: "code" },
    ]);
  });
});
