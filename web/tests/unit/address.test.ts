import { describe, expect, it } from "vitest";
import { defaults, fromHash, toHash, type PageState } from "../../src/state/address";

const full: PageState = {
  tab: "generate",
  part: "exit",
  model: "folder/with space & more",
  prompt: "When Mary\nand #John went, 100% ␣",
  target: " Mary",
  rival: "#17",
  at: "attn_out",
  head: 3,
  colour: "rank",
  convention: "raw",
  neuron: "L3N12",
  query: "promotes:fire suppresses:water",
  kind: "neuron",
  sign: "-",
  layers: "2-4",
  order: "score",
  scores: "raw",
  row: "embed",
  position: 12,
  generate: { temperature: "0.8", n: "12" },
  settings: { "exit.agreement": "0.95" },
  edits: [{ kind: "scale", neurons: ["L3N12"], value: 0, name: "a & b" }],
};

describe("the address", () => {
  it("restores the whole state of the page", () => {
    expect(fromHash(toHash(full))).toEqual(full);
  });

  it("is short while everything is as usual", () => {
    expect(toHash(defaults)).toBe("#/lens");
  });

  it("reads the model that the command line names", () => {
    expect(fromHash("#model=some%2Ffolder")).toEqual({ ...defaults, model: "some/folder" });
  });

  it.each(["", "#", "#lens", "#/../x", "#/lens?position=many&head=1e9"])(
    "keeps the defaults where it says nothing sensible: %s",
    (hash) => {
      expect(fromHash(hash)).toEqual(defaults);
    },
  );
});
