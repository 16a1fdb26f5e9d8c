import { describe, expect, it } from "vitest";
import table from "../../../model/src/test/resources/places/spellings.json" with { type: "json" };
import { parse } from "../../src/state/interventions";
import { placeIn, positionIn, stepsIn } from "../../src/state/places";

describe("a place is read as the library reads it", () => {
  it.each(table.places)("$text", ({ text, kind, is }) => {
    expect(placeIn(text)).toEqual({ kind, name: is });
  });

  it.each(table.none)("“%s” is none", (text) => expect(placeIn(text)).toBeUndefined());
});

describe("a position", () => {
  it.each(table.positions)("$text", ({ text, is }) => expect(positionIn(text)).toBe(is));

  it.each(table.noPositions)("“%s” is none", (text) => expect(positionIn(text)).toBeUndefined());
});

describe("generation steps", () => {
  it.each(table.steps)("$text", ({ text, first, last }) =>
    expect(stepsIn(text)).toEqual(last === null ? { first } : { first, last }),
  );

  it.each(table.noSteps)("“%s” are none", (text) => expect(stepsIn(text)).toBeUndefined());
});

describe("an intervention", () => {
  it.each(table.places.filter((row) => row.kind === "neuron"))("at $text", ({ text, is }) =>
    expect(parse(`${text} ×0`)).toEqual({ kind: "scale", value: 0, neurons: [is] }),
  );

  it.each(table.places.filter((row) => row.kind === "head"))("at $text", ({ text, is }) =>
    expect(parse(`${text} off`)).toEqual({ kind: "ablate", heads: [is] }),
  );

  it("is limited to steps", () => {
    expect(parse("L3N12 = 4 @steps 2-5")).toMatchObject({ where: { fromStep: 2, toStep: 5 } });
    expect(parse("L3N12 = 4 @ steps 2-")).toMatchObject({ where: { fromStep: 2 } });
    expect(() => parse("L3N12 = 4 @steps 5-2")).toThrow(/steps/);
  });

  it("of a pair of numbers says what it may be", () => {
    expect(() => parse("3.12 ×0")).toThrow(/L3N12.*L3H12/);
  });
});
