/** What the views say was found, against the records of the bundled model. */
import { describe, expect, it } from "vitest";
import type { SearchHit, SearchResult } from "../../src/api/types";
import { aimOf, found as foundGoingBack } from "../../src/views/gradients/words";
import { found as foundInLayers } from "../../src/views/neurons/words";
import { foundFirst } from "../../src/views/search/said";
import { ffn, gradients } from "../fixtures";

describe("what the layers did", () => {
  it("names the one that moved the word most", () => {
    expect(foundInLayers(ffn)).toBe("MLP 5 moves “␣Mary” against “␣John” most: up by 1.22 logits.");
  });

  it("says which way", () => {
    const layers = ffn.layers.filter((layer) => layer.layer < 5);
    expect(foundInLayers({ ...ffn, layers })).toBe(
      "MLP 0 moves “␣Mary” against “␣John” most: down by 0.32 logits.",
    );
  });

  it("says nothing without a number", () => {
    const layers = ffn.layers.map((layer) => ({ ...layer, balance: { ...layer.balance, change: null } }));
    expect(foundInLayers({ ...ffn, layers })).toBeUndefined();
  });
});

describe("what an update would write", () => {
  it("counts the layers where the target leads", () => {
    expect(foundGoingBack(gradients, "W_out")).toBe(
      "At position 13, “␣Mary” leads what an update of W_out moves towards in 3 of 6 layers; its lowest rank is 2.",
    );
  });

  it("says nothing of matrices that have no rank, nor of the raw sign", () => {
    expect(foundGoingBack(gradients, "W_Q")).toBeUndefined();
    expect(foundGoingBack({ ...gradients, sign: "raw" }, "W_out")).toBeUndefined();
  });

  it("holds the loss against the foil", () => {
    expect(aimOf(gradients)).toBe("␣Mary − ␣John");
  });
});

describe("what a search found", () => {
  const hit = (label: string, layer: number, score: number) =>
    ({ label, layer, score, sign: Math.sign(score) }) as SearchHit;
  const of = (query: string, ranking: SearchResult["ranking"], ...hits: SearchHit[]) =>
    foundFirst({ query, ranking, hits } as SearchResult);

  it("is the vector that stands first, and where the others are", () => {
    expect(of("Oslo kind:neuron", "vector", hit("L2N654", 2, 5.44), hit("L5N604", 5, 5.17))).toBe(
      "L2N654 promotes Oslo most, with a score of +5.44. The 2 listed stand in 2 layers.",
    );
    expect(of("Oslo sign:-", "vector", hit("L2N1", 2, -4))).toBe(
      "L2N1 suppresses Oslo most, with a score of −4.00.",
    );
  });

  it("is a neighbour where cosines were asked for", () => {
    expect(of("like:L5N12", "cosine", hit("L5N7", 5, 0.5))).toBe(
      "L5N7 is nearest to L5N12, with a cosine of +0.50.",
    );
  });

  it("fits conditions where they are all that was asked for", () => {
    expect(of("suppresses:the promotes:Oslo", "vector", hit("L1N2", 1, 2))).toBe(
      "L1N2 fits best, with a score of +2.00.",
    );
  });
});
