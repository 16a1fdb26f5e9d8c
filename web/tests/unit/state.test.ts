import { describe, expect, it } from "vitest";
import { ProblemError } from "../../src/api/client";
import type { LensRequest, LensResult, ParityResult } from "../../src/api/types";
import { Desk } from "../../src/state/desk";
import { promptOf } from "../../src/state/prompt";
import { views } from "../../src/views";
import { Bench } from "../../src/views/bench";
import { PromptEvents } from "../../src/views/neurons/events.svelte";
import { Neurons } from "../../src/views/neurons/neurons.svelte";
import { Answering, type Answers } from "./answering";
import { Lens } from "../../src/views/lens/lens.svelte";
import { attribution, checks, info, lens } from "../fixtures";
import { badge, difference, lines } from "../../src/visual/checks";

const example = { text: "The capital of Norway is", target: " Oslo", title: "A fact" };
/** The reading while no word was chosen. */
const untargeted: LensResult = { ...lens };
delete untargeted.target;
delete untargeted.against;
const models = {
  models: [{ name: "microworld", path: "p", source: "bundled" as const, examples: [example] }],
  defaultModel: "microworld",
};
const usual: Answers = {
  models: () => models,
  info: () => info,
  lens: () => lens,
  attribution: () => attribution,
};

async function opened(answers: Answers, hash = "") {
  const client = new Answering(answers);
  const bench = new Bench(new Desk(client), views);
  const { session } = bench;
  await session.start(hash);
  return { client, bench, session, lens: bench.use(Lens) };
}

describe("opening the page", () => {
  it("takes the model's own first example", async () => {
    const { session } = await opened(usual);

    expect(session.page).toMatchObject({ prompt: example.text, target: example.target, rival: undefined });
    expect(session.runs).toBe(1);
  });

  it("takes what the address says before any example", async () => {
    const { session } = await opened(usual, "#/lens?prompt=Hello&target=+Mary");

    expect(session.page).toMatchObject({ prompt: "Hello", target: " Mary" });
  });

  it("is on its way while the models are listed and the model is opened", async () => {
    let listed = () => {};
    const listing = new Promise<void>((done) => (listed = done));
    const client = new Answering({ ...usual, models: () => listing.then(() => models) });
    const { session } = new Bench(new Desk(client), views);
    expect(session.coming).toBe(false);

    const started = session.start("");
    expect(session.coming).toBe(true);
    expect(session.opening.loading).toBe(false);
    listed();
    await started;

    expect(session.coming).toBe(false);
  });

  it("says why a model does not open", async () => {
    const { session } = await opened({
      models: () => models,
      info: () => Promise.reject(new ProblemError("Cannot", "weights: expected 3, got 2")),
    });

    expect(session.info).toBeUndefined();
    expect(session.opening.problem).toMatchObject({ detail: "weights: expected 3, got 2" });
    expect(session.runs).toBe(0);
  });

  it("compares with reference numbers where there are some, and always with itself", async () => {
    const parity = () => Promise.reject(new ProblemError("x", "y"));
    const there = await opened({ ...usual, parity, info: () => ({ ...info, golden: "g.safetensors" }) });
    const absent = await opened({ ...usual, parity });

    const itself = { model: "microworld" };
    expect(there.client.requests("parity")).toEqual([{ ...itself, golden: "g.safetensors" }, itself]);
    expect(absent.client.requests("parity")).toEqual([itself]);
  });
});

describe("the badge", () => {
  const measured: ParityResult = { ...checks };
  delete measured.checks;
  const parity = { ...measured, atol: 1e-4, worst: 3e-6 };

  it("tells the distance to the reference where there is one, else to itself", () => {
    expect(badge(undefined, undefined)).toBeUndefined();
    expect(badge(undefined, checks)).toEqual({
      passed: true,
      text: `self-checked ${difference(checks.worst, 0)}`,
    });
    expect(badge(parity, checks)).toEqual({ passed: true, text: "parity 3e-6" });
  });

  it("fails when either fails, and lists every check with its number", () => {
    expect(badge(parity, { ...checks, passed: false })).toEqual({ passed: false, text: "parity failed" });
    expect(lines(undefined, checks).split("\n")).toHaveLength(1 + (checks.checks?.length ?? 0));
    const cache = checks.checks?.find((check) => check.name === "cache");
    expect(cache?.passed).toBe(true);
    expect(lines(parity, checks)).toContain(
      `ok  cache: ${difference(cache?.maxAbsDiff)}, ${difference(cache?.tolerance)} allowed.`,
    );
  });
});

describe("the prompt", () => {
  it("is a text, or token ids after a #", () => {
    expect(promptOf("Hello #1")).toEqual({ text: "Hello #1" });
    expect(promptOf("# 1")).toEqual({ text: "# 1" });
    expect(promptOf("#1, 2 #30")).toEqual({ tokens: [1, 2, 30] });
  });
});

describe("the lens", () => {
  it("follows the model's own answer when no target was chosen", async () => {
    const answers = { ...usual, lens: (r: LensRequest) => (r.target === undefined ? untargeted : lens) };
    const page = await opened(answers, "#/lens?prompt=Hello");

    await page.lens.ask();
    await page.lens.followAnswer();

    expect(page.client.requests("lens").map((r) => (r as LensRequest).target)).toEqual([undefined, " Mary"]);
    expect(page.session.page.target).toBeUndefined();
  });

  it("does not repeat a slow pass just to follow the answer", async () => {
    const page = await opened(
      { ...usual, lens: () => ({ ...untargeted, milliseconds: 60_000 }) },
      "#/lens?prompt=Hello",
    );

    await page.lens.ask();
    await page.lens.followAnswer();

    expect(page.client.requests("lens")).toHaveLength(1);
  });

  it("drops the answer to an older question", async () => {
    const late: (() => void)[] = [];
    const page = await opened(
      {
        ...usual,
        lens: (request) =>
          request.text === "old"
            ? new Promise((done) => late.push(() => done({ ...lens, model: "old" })))
            : { ...lens, model: "new" },
      },
      "#/lens?prompt=old&target=+Mary",
    );

    const old = page.lens.ask();
    page.session.page.prompt = "new";
    await page.lens.ask();
    late.forEach((answer) => answer());
    await old;

    expect(page.lens.result?.model).toBe("new");
    expect(page.lens.grid.loading).toBe(false);
  });

  it("keeps the sentence of a refusal and nothing of the result before", async () => {
    let refuse = false;
    const page = await opened(
      {
        ...usual,
        lens: () =>
          refuse
            ? Promise.reject(new ProblemError("Cannot be answered", "lens: expected a word", "target"))
            : lens,
      },
      "#/lens?prompt=Hello&target=+Mary",
    );
    await page.lens.ask();
    refuse = true;
    page.session.page.target = " Nobody";

    await page.lens.ask();

    expect(page.lens.grid.problem).toMatchObject({ field: "target" });
    expect(page.lens.result).toBeUndefined();
  });

  it("pins the last layer and position until another cell is pinned, and asks for exactly that cell's details", async () => {
    const page = await opened(usual, "#/lens?prompt=Hello&target=+Mary");
    await page.lens.ask();
    expect([page.lens.row, page.lens.position]).toEqual([6, 13]);

    page.session.pin("2", 5);
    await page.lens.inspect();

    expect(page.lens.pinned).toMatchObject({ layer: 2, position: 5 });
    expect(page.client.requests("lens").at(-1)).toMatchObject({
      at: ["blocks.2.hook_resid_post"],
      positions: [5],
      bottom: 5,
      tokens: lens.tokens.map((t) => t.id),
    });
    expect(page.client.requests("attribution").at(-1)).toMatchObject({
      at: "blocks.2.hook_resid_post",
      position: 5,
      target: "#1166",
      against: "#1079",
    });
  });

  it("sums contributions in the residual stream only", async () => {
    const page = await opened(usual, "#/lens?prompt=Hello&target=+Mary&at=attn_out");
    await page.lens.ask();

    await page.lens.inspect();
    // The place chosen is a sum, but what is shown is still the place before.
    const readings = lens.readings.map((r) => ({
      ...r,
      at: r.at.replace("hook_resid_post", "hook_attn_out"),
    }));
    const before = await opened(
      { ...usual, lens: () => ({ ...lens, readings }) },
      "#/lens?prompt=Hello&target=+Mary",
    );
    await before.lens.ask();
    await before.lens.inspect();

    expect(before.client.requests("attribution")).toEqual([]);
    expect(page.client.requests("attribution")).toEqual([]);
    expect(page.lens.attribution).toMatchObject({ result: undefined, problem: undefined, loading: false });
  });

  it("asks for no cell whose lowest words the grid brought along", async () => {
    const readings = lens.readings.map((r) => ({ ...r, bottom: r.top.slice(0, 4) }));
    const page = await opened(
      { ...usual, lens: () => ({ ...lens, readings }) },
      "#/lens?prompt=Hello&target=+Mary",
    );
    await page.lens.ask();

    await page.lens.inspect();

    expect(page.client.requests("lens")).toHaveLength(1);
    expect(page.lens.detail?.bottom).toHaveLength(4);
  });
});

describe("one Enter", () => {
  const edits = encodeURIComponent(JSON.stringify([{ kind: "scale", neurons: ["L3N12"], value: 0 }]));
  const refusals = { parity: () => Promise.reject(new ProblemError("x", "y")) };

  it("asks for the grid and what the edits do, and the same Enter again for nothing", async () => {
    const answers: Answers = {
      ...usual,
      ...refusals,
      compare: () => ({ positions: [] }) as never,
      tokenize: () => ({ tokens: [] }) as never,
    };
    const page = await opened(answers, `#/lens?prompt=Hello&target=+Mary&edits=${edits}`);
    const run = async () => {
      page.bench.follow();
      await page.lens.ask();
      await page.lens.inspect();
    };
    const before = page.client.asked.length;
    await run();
    const first = page.client.asked.slice(before).map(([verb]) => verb);
    await run();

    expect(first).toEqual(["lens", "compare", "tokenize", "lens", "attribution"]);
    expect(page.client.asked.length).toBe(before + first.length);
  });

  it("looks at the events of the prompt only once its positions are known", async () => {
    const page = await opened(
      { ...usual, ...refusals, ffn: () => ({ layers: [], events: [], tokens: [] }) as never },
      "#/neurons?part=events&prompt=Hello&target=+Mary",
    );
    const events = page.bench.use(PromptEvents);
    await events.look();
    const reading = page.lens.ask();
    await events.look();
    expect(page.client.requests("ffn")).toEqual([]);

    await reading;
    await events.look();
    await page.bench.use(Neurons).ask();

    expect(page.client.requests("ffn").map((r) => (r as { positions: number[] }).positions.length)).toEqual([
      lens.tokens.length,
      1,
    ]);
  });

  it("forgets every answer when another model is opened", async () => {
    const page = await opened(
      { ...usual, ...refusals },
      "#/lens?prompt=Hello&target=+Mary&at=attn_out&neuron=L3N12",
    );
    await page.lens.ask();

    page.bench.choose("other");

    expect(page.lens.result).toBeUndefined();
    expect(page.session.page.settings).toEqual({});
  });
});
