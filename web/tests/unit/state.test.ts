import { describe, expect, it } from "vitest";
import { Client, ProblemError, type Asked } from "../../src/api/client";
import type { LensRequest, Verbs } from "../../src/api/types";
import { promptOf } from "../../src/state/prompt";
import { Session } from "../../src/state/session.svelte";
import { Lens } from "../../src/views/lens/lens.svelte";
import { attribution, info, lens } from "../fixtures";
import { badge, lines } from "../../src/visual/checks";
import { checks as pretendChecks, parity as pretendParity } from "../dev/pretend-parity";

type Answers = {
  [V in Asked]?: (request: Verbs[V]["request"]) => Promise<Verbs[V]["result"]> | Verbs[V]["result"];
};

/** A client that answers from functions and remembers what it was asked. */
class Answering extends Client {
  readonly asked: [verb: string, request: unknown][] = [];
  readonly #answers: Answers;
  constructor(answers: Answers) {
    super();
    this.#answers = answers;
  }
  override async call<V extends Asked>(
    verb: V,
    request: Verbs[V]["request"],
    signal?: AbortSignal,
  ): Promise<Verbs[V]["result"]> {
    this.asked.push([verb, request]);
    const answer = this.#answers[verb];
    if (answer === undefined) throw new ProblemError("Not found", `no answer for ${verb}`);
    const result = await answer(request as never);
    if (signal?.aborted ?? false) throw new DOMException("cancelled", "AbortError");
    return result as Verbs[V]["result"];
  }
  override job<V extends Asked>(
    verb: V,
    request: Verbs[V]["request"],
    _on: object,
    signal: AbortSignal,
  ): Promise<Verbs[V]["result"]> {
    return this.call(verb, request, signal);
  }
  requests(verb: Asked): unknown[] {
    return this.asked.filter(([v]) => v === verb).map(([, r]) => r);
  }
}

const example = { text: "The capital of Norway is", target: " Oslo", title: "A fact" };
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
  const session = new Session(client);
  await session.start(hash);
  return { client, session, lens: new Lens(session) };
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

  it("says why a model does not open", async () => {
    const { session } = await opened({
      models: () => models,
      info: () => Promise.reject(new ProblemError("Cannot", "weights: expected 3, got 2")),
    });

    expect(session.info).toMatchObject({
      state: "failed",
      problem: { detail: "weights: expected 3, got 2" },
    });
    expect(session.runs).toBe(0);
  });

  it("compares with reference numbers where there are some, and always with itself", async () => {
    const parity = () => Promise.reject(new ProblemError("x", "y"));
    const { golden: _golden, ...without } = info;
    const there = await opened({ ...usual, parity });
    const absent = await opened({ ...usual, parity, info: () => without });

    const itself = { model: "microworld" };
    expect(there.client.requests("parity")).toEqual([{ ...itself, golden: _golden }, itself]);
    expect(absent.client.requests("parity")).toEqual([itself]);
  });
});

describe("the badge", () => {
  const parity = { ...pretendParity(), worst: 3e-6 };
  const checks = pretendChecks();

  it("tells the distance to the reference where there is one, else to itself", () => {
    expect(badge(undefined, undefined)).toBeUndefined();
    expect(badge(undefined, checks)).toEqual({ passed: true, text: "self-checked 2e-6" });
    expect(badge(parity, checks)).toEqual({ passed: true, text: "parity 3e-6" });
  });

  it("fails when either fails, and lists every check with its number", () => {
    expect(badge(parity, { ...checks, passed: false })).toEqual({ passed: false, text: "parity failed" });
    expect(lines(undefined, checks).split("\n")).toHaveLength(9);
    expect(lines(parity, checks)).toContain("ok  cache: 1.4e-6, 1.0e-3 allowed.");
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
    const page = await opened(usual, "#/lens?prompt=Hello");

    await page.lens.ask();

    expect(page.client.requests("lens").map((r) => (r as LensRequest).target)).toEqual([undefined, " Mary"]);
    expect(page.session.page.target).toBeUndefined();
  });

  it("does not repeat a slow pass just to follow the answer", async () => {
    const page = await opened(
      { ...usual, lens: () => ({ ...lens, milliseconds: 60_000 }) },
      "#/lens?prompt=Hello",
    );

    await page.lens.ask();

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
    expect(page.lens.loading).toBe(false);
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

    await page.lens.ask();

    expect(page.lens.problem).toMatchObject({ field: "target" });
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
      target: "#4",
      against: "#5",
    });
  });

  it("sums contributions in the residual stream only", async () => {
    const page = await opened(usual, "#/lens?prompt=Hello&target=+Mary&at=attn_out");
    await page.lens.ask();

    await page.lens.inspect();

    expect(page.client.requests("attribution")).toEqual([]);
    expect(page.lens.attribution.state).toBe("idle");
  });
});
