import { describe, expect, it } from "vitest";
import { fileName } from "../../src/visual/export";
import {
  fromVisible,
  probability,
  quantity,
  shortened,
  signed,
  smallRank,
  specOf,
  visible,
} from "../../src/visual/text";

describe("a token's text", () => {
  it("shows every blank it has", () => {
    expect(visible(" Mary")).toBe("␣Mary");
    expect(visible("\n\t")).toBe("↵⇥");
    expect(visible("\u0000")).toBe("␀");
    expect(visible("")).toBe("∅");
  });

  it("comes back from what is shown", () => {
    expect(fromVisible(visible(" a\n"))).toBe(" a\n");
  });

  it("is cut by characters, not by code units", () => {
    expect(shortened("🙂🙂🙂🙂", 3)).toBe("🙂🙂…");
    expect(shortened(" Mary", 5)).toBe("␣Mary");
  });

  it("is named by its id where the text is not enough", () => {
    expect(specOf({ id: 7, text: " Mary" })).toBe(" Mary");
    expect(specOf({ id: 7, text: "#7" })).toBe("#7");
    expect(specOf({ id: 9, text: "#1" })).toBe("#9");
    expect(specOf({ id: 200, text: "\ufffd" })).toBe("#200");
  });
});

describe("a number", () => {
  it.each([
    [0, "0"],
    [0.87, "0.87"],
    [0.0342, "0.034"],
    [0.00213, "0.0021"],
    [0.00003, "3e-5"],
    [1, "1.00"],
    [null, "n/a"],
  ])("%s is written %s as a probability", (value, text) => {
    expect(probability(value)).toBe(text);
  });

  it("carries a sign unless it is written as zero", () => {
    expect(signed(3.2)).toBe("+3.20");
    expect(signed(-0.71)).toBe("−0.71");
    expect(signed(-0.001)).toBe("0.00");
  });

  it("has about three digits", () => {
    expect(quantity(41.23)).toBe("41.2");
    expect(quantity(1204.4)).toBe("1,204");
    expect(quantity(0.0004)).toBe("4.0e-4");
    expect(smallRank(50_256)).toBe("50k");
    expect(smallRank(812)).toBe("812");
  });
});

describe("a file", () => {
  it("is named by what is inside", () => {
    expect(fileName("microworld", "lens", "resid_post")).toBe("microworld-lens-resid-post");
    expect(fileName("../../etc", "", "a/b")).toBe("..-..-etc-a-b");
  });
});
