import { describe, expect, it } from "vitest";
import { doseOf, parse, placeOf, readFile } from "../../src/state/interventions";
import { shared } from "../../src/views/edits/words";

describe("a typed intervention", () => {
  it.each([
    ["L3N12 ×0", { kind: "scale", value: 0, neurons: ["L3N12"] }],
    ["l3n12, L2N5 x 0.5 @13", { kind: "scale", value: 0.5, neurons: ["L3N12", "L2N5"], positions: [13] }],
    ["L3N12 = -2", { kind: "set", value: -2, neurons: ["L3N12"] }],
    ["L3N12 −2.5 @-1", { kind: "add", value: -2.5, neurons: ["L3N12"], positions: [-1] }],
    ["L3N12 off", { kind: "set", value: 0, neurons: ["L3N12"] }],
    ["L2H1 off", { kind: "ablate", heads: ["L2H1"] }],
    [
      'L3 +4 fire, "burn" − water',
      {
        kind: "add",
        value: 4,
        at: "blocks.3.hook_resid_post",
        direction: { words: [" fire", "burn"], minus: [" water"] },
      },
    ],
  ])("%s", (typed, spec) => expect(parse(typed)).toEqual(spec));

  it.each(["", "fire ×0", "L3N12", "L2H1 = 4", "L3 ×0"])("refuses “%s” with a sentence", (typed) =>
    expect(() => parse(typed)).toThrow(/\.$/),
  );

  it("is shown with its sign", () => {
    expect(doseOf(parse("L3N12 −2"))).toBe("−2");
    expect(placeOf({ kind: "ablate", at: "blocks.4.attn.hook_z", head: 1 })).toBe("L4H1");
  });
});

describe("an interventions file", () => {
  it("is read, with or without its frame", () => {
    const list = [parse("L3N12 ×0")];
    expect(readFile(JSON.stringify({ version: 1, interventions: list })).interventions).toEqual(list);
    expect(readFile(JSON.stringify(list)).interventions).toEqual(list);
  });

  it.each(["{", "{}", '{"version":2,"interventions":[]}', '[{"kind":"explode"}]'])("refuses %s", (text) =>
    expect(() => readFile(text)).toThrow(/interventions file/i),
  );
});

it("two continuations part at the first token that differs", () => {
  const of = (...ids: number[]) => ids.map((id) => ({ id, text: String(id), probability: 1 }));
  expect(shared(of(1, 2, 3), of(1, 2, 4))).toBe(2);
  expect(shared(of(1, 2), of(1, 2))).toBe(2);
});
