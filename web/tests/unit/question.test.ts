import { describe, expect, it } from "vitest";
import { ProblemError } from "../../src/api/client";
import type { TokenizeResult } from "../../src/api/types";
import { Desk } from "../../src/state/desk";
import { Question } from "../../src/state/question.svelte";
import { Answering } from "./answering";

/** An answer that comes when it is told to, or when it is told what went wrong. */
function waiting() {
  const ends: { done: () => void; fail: (error: Error) => void }[] = [];
  const client = new Answering({
    tokenize: (request) =>
      new Promise<TokenizeResult>((done, fail) =>
        ends.push({ done: () => done({ text: request.text } as unknown as TokenizeResult), fail }),
      ),
  });
  const desk = new Desk(client);
  return { client, desk, ends, question: () => new Question(desk, "tokenize") };
}
const settled = () => new Promise((done) => setTimeout(done, 0));

describe("equal questions", () => {
  it("are asked once, and both askers get the answer", async () => {
    const { client, ends, question } = waiting();
    const [a, b] = [question(), question()];

    const both = [a.ask({ text: "x" }), b.ask({ text: "x" })];
    await settled();
    ends[0]?.done();

    expect(await Promise.all(both)).toEqual([true, true]);
    expect(a.result).toBe(b.result);
    expect(client.asked).toHaveLength(1);
  });

  it("are answered from what is kept, unless asked again or after the model was opened anew", async () => {
    const { client, desk, ends, question } = waiting();
    const ask = async (how = {}) => {
      const asked = question().ask({ text: "x" }, how);
      await settled();
      ends.at(-1)?.done();
      await asked;
    };
    await ask();
    await ask();
    expect(client.asked).toHaveLength(1);
    await ask({ again: true });
    expect(client.asked).toHaveLength(2);
    desk.forget();
    await ask();
    expect(client.asked).toHaveLength(3);
  });

  it("go on for the other when one asker gives up, and stop when both do", async () => {
    const { client, ends, question } = waiting();
    const [a, b, c] = [question(), question(), question()];
    void a.ask({ text: "x" });
    const other = b.ask({ text: "x" });
    await settled();
    a.cancel();
    ends[0]?.done();
    expect(await other).toBe(true);
    expect(a.result).toBeUndefined();

    const given = c.ask({ text: "y" });
    await settled();
    c.cancel();
    expect(await given).toBe(false);
    expect(c.problem).toBeUndefined();
    void question().ask({ text: "y" });
    await settled();
    expect(client.asked).toHaveLength(3);
  });

  it("do not share a refusal with those who ask later", async () => {
    const { client, ends, question } = waiting();
    const a = question();
    const refused = a.ask({ text: "x" });
    await settled();
    ends[0]?.fail(new ProblemError("Cannot be answered", "tokenize: expected x, got y"));
    await refused;
    expect(a.problem?.detail).toContain("expected x");

    const once = a.ask({ text: "x" });
    await settled();
    ends[1]?.done();
    await once;
    expect([a.problem, client.asked.length]).toEqual([undefined, 2]);
  });
});

describe("a question", () => {
  it("keeps its answer while the next is on its way, and shows only the newest", async () => {
    const { ends, question } = waiting();
    const a = question();
    const first = a.ask({ text: "x" });
    await settled();
    ends[0]?.done();
    await first;
    const second = a.ask({ text: "y" });
    const third = a.ask({ text: "z" });
    await settled();
    expect(a.result).toMatchObject({ text: "x" });
    expect(a.loading).toBe(true);

    for (const end of ends) end.done();

    expect([await second, await third]).toEqual([false, true]);
    expect(a.result).toMatchObject({ text: "z" });
    expect(a.loading).toBe(false);
  });

  it("says whether it stays beside a refusal", async () => {
    const { desk, ends } = waiting();
    for (const stays of [true, false]) {
      const question = new Question(desk, "tokenize", { stays });
      const first = question.ask({ text: `x${stays}` });
      await settled();
      ends.at(-1)?.done();
      await first;
      const second = question.ask({ text: `y${stays}` });
      await settled();
      ends.at(-1)?.fail(new ProblemError("Cannot be answered", "no"));
      await second;
      expect(question.result !== undefined).toBe(stays);
    }
  });
});
