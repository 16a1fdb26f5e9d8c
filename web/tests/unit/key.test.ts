import { describe, expect, it } from "vitest";
import { misplaced } from "../../src/state/check";
import { parse, spread } from "../../src/state/interventions";
import { aboutJob, aboutOf, differing, lineOf, markOf, type Key } from "../../src/state/key";
import { effectSaid, pairSaid } from "../../src/views/edits/said";
import { withFields } from "../../src/visual/export";
import { captioned } from "../../src/visual/scene";
import * as fixtures from "../fixtures";

const now: Key = {
  model: "microworld",
  prompt: "A b",
  edits: [parse("L3N12 ×0")],
  target: " Mary",
  rival: "",
};

describe("the key of an answer", () => {
  it("differs in the parts that the answer depends on, and in no other", () => {
    const lens = aboutOf("lens", now);

    expect(differing(lens, now)).toEqual([]);
    expect(differing(lens, { ...now, prompt: "C", target: "" })).toEqual(["prompt", "target"]);
    expect(differing(aboutOf("neuron", now), { ...now, target: "" })).toEqual([]);
    expect(differing(aboutOf("clusters", now), { ...now, prompt: "C", edits: [] })).toEqual([]);
    expect(differing(undefined, now)).toEqual([]);
  });

  it("minds what an edit does, not what people write beside it", () => {
    const named = { ...now, edits: now.edits.map((e) => ({ ...e, name: "fire", notes: "why" })) };
    const stronger = { ...now, edits: [parse("L3N12 ×2")] };

    expect(differing(aboutOf("lens", now), named)).toEqual([]);
    expect(markOf(aboutOf("lens", named))).toBe(markOf(aboutOf("lens", now)));
    expect(differing(aboutOf("lens", now), stronger)).toEqual(["edits"]);
    expect(markOf(aboutOf("lens", stronger))).not.toBe(markOf(aboutOf("lens", now)));
  });

  it("stands in one line", () => {
    expect(lineOf(aboutOf("lens", now))).toMatch(
      /^microworld · “A b” · L3N12 × 0 · target ␣Mary · key [0-9a-f]{8}$/,
    );
  });

  it("is read from the request of a job", () => {
    expect(aboutJob("events", { interventions: now.edits }, "microworld")).toEqual({
      model: "microworld",
      edits: now.edits,
    });
  });
});

describe("files", () => {
  it("carry it in every record, whatever stands between quotes", () => {
    expect(withFields('a,b\r\n"x,\n""y""",2\r\n', { key: "k", prompt: "p,q" })).toBe(
      'a,b,key,prompt\r\n"x,\n""y""",2,k,"p,q"\r\n',
    );
  });

  it("carry it below a picture, broken into lines that fit", () => {
    const scene = captioned({ width: 300, height: 100, marks: [] }, ["word ".repeat(40)]);

    expect(scene.marks.length).toBeGreaterThan(3);
    expect(scene.height).toBeGreaterThan(100);
    for (const mark of scene.marks) expect(mark.kind === "text" && mark.text.length * 5.6).toBeLessThan(300);
  });
});

describe("edits", () => {
  it("are held against the model before anything is asked", () => {
    const model = { ...fixtures.info, layers: 6, heads: 8, dMlp: 1024 };

    expect(misplaced(parse("L5N1023 ×0"), model)).toBeUndefined();
    expect(misplaced(parse("L9N0 off"), model)).toBe("L9N0: expected a layer from 0 to 5, got 9");
    expect(misplaced(parse("L5N1024 off"), model)).toContain("expected a neuron from 0 to 1023, got 1024");
    expect(misplaced(parse("L2H8 off"), model)).toContain("expected a head from 0 to 7, got 8");
    expect(misplaced(parse("L6 +4 fire"), model)).toContain("expected a layer from 0 to 5, got 6");
  });

  it("name positions that may come by ranges", () => {
    expect(spread(parse("L3N12 ×0 @20,3,4")).map((e) => e.where)).toEqual([
      { from: 3, to: 4 },
      { from: 20, to: 20 },
    ]);
    expect(spread(parse("L3N12 ×0 @-1"))).toEqual([parse("L3N12 ×0 @-1")]);
  });

  it("say their effect in a sentence and in digits that move", () => {
    const word = (id: number, text: string, probability: number, rank = 1) => ({
      id,
      text,
      probability,
      logit: 0,
      rank,
    });
    const at = {
      position: 4,
      token: { id: 1, text: " is" },
      before: [word(1, " Oslo", 0.99991)],
      after: [word(1, " Oslo", 0.99981)],
      klNats: 0,
      reverseKlNats: 0,
      totalVariation: 0,
      targets: [],
    };
    const change = {
      before: word(1, " Oslo", 0.99991),
      after: word(1, " Oslo", 0.99981),
      rankChange: 0,
      logProbabilityChange: 0,
      logOddsChange: -0.74,
    };

    expect(effectSaid(at, change)).toBe("The answer stays ␣Oslo; its log odds fall by 0.74 nats.");
    expect(pairSaid(0.99991, 0.99981)).toBe("0.9999 → 0.9998");
    expect(pairSaid(0.5, 0.25)).toBe("0.50 → 0.25");
    expect(
      effectSaid({ ...at, after: [word(2, " Riga", 0.6)] }, { ...change, after: word(1, " Oslo", 0.1, 3) }),
    ).toBe("The answer changes from ␣Oslo to ␣Riga; its log odds fall by 0.74 nats, from place 1 to 3.");
  });
});
