import { beforeEach, describe, expect, it, vi } from "vitest";
import { ProblemError } from "../../src/api/client";
import type { JobView, ModelEntry } from "../../src/api/types";
import { fromHash, type PageState } from "../../src/state/address";
import { Desk, type How } from "../../src/state/desk";
import { KeptEdits, type Drawer } from "../../src/state/kept";
import { Pulse } from "../../src/state/pulse.svelte";
import { isOwn, stepOf, Trail, type Past } from "../../src/state/trail";
import { views } from "../../src/views";
import { Bench } from "../../src/views/bench";
import { Detox } from "../../src/views/edits/detox.svelte";
import { Flow } from "../../src/views/flow/flow.svelte";
import { Generation } from "../../src/views/generate/generate.svelte";
import { Heads } from "../../src/views/heads/heads.svelte";
import { Lens } from "../../src/views/lens/lens.svelte";
import { Jobs } from "../../src/views/model/jobs.svelte";
import { Chosen } from "../../src/views/parts/chosen.svelte";
import { Answering, type Answers } from "./answering";
import { attribution, detox, flow, heads, info, lens } from "../fixtures";

const entry = (name: string): ModelEntry => ({ name, path: name, source: "bundled", examples: [] });
const models = { models: [entry("microworld"), entry("other")], defaultModel: "microworld" };
const usual: Answers = {
  models: () => models,
  info: () => info,
  lens: () => lens,
  attribution: () => attribution,
};
const spec = (neuron: string) => ({ kind: "scale" as const, neurons: [neuron], value: 0 });
const names = (bench: Bench) => bench.session.edits.all.map((e) => e.neurons?.[0]);

async function opened(answers: Answers = usual, hash = "#/lens?prompt=Hello") {
  const client = new Answering(answers);
  const bench = new Bench(new Desk(client), views);
  await bench.session.start(hash);
  return { client, bench, session: bench.session };
}

beforeEach(() => sessionStorage.clear());

/** A history that remembers what it was told. */
function past(): Past & { readonly told: string[] } {
  const told: string[] = [];
  return {
    told,
    pushState: (state, _, url) => void told.push(`push ${String(url)} ${isOwn(state)}`),
    replaceState: (state, _, url) => void told.push(`replace ${String(url)} ${isOwn(state)}`),
  };
}

describe("the way through the history", () => {
  const page = (more: Partial<PageState>): PageState => ({ ...fromHash(""), ...more });

  it("has a step for each view, cell, part, prompt and model, and none for how they are set out", () => {
    const here = stepOf(page({ tab: "lens", prompt: "Hello" }));
    const others: Partial<PageState>[] = [
      { tab: "heads" },
      { part: "events" },
      { model: "other" },
      { prompt: "Good" },
      { target: " Mary" },
      { row: "3" },
      { position: 2 },
      { settings: { card: "L4H6" } },
      { settings: { "f.node": "L4H6@13" } },
    ];
    for (const other of others)
      expect(stepOf(page({ prompt: "Hello", ...other })), JSON.stringify(other)).not.toBe(here);
    const same: Partial<PageState>[] = [
      { settings: { colour: "rank", "job.detox": "7" } },
      { edits: [spec("L0N1")] },
    ];
    for (const other of same) expect(stepOf(page({ prompt: "Hello", ...other }))).toBe(here);
  });

  it("writes a new entry for a step, and the one that is there for all else, and for where it was led", () => {
    const told = past();
    const trail = new Trail(told);

    trail.write(page({ tab: "lens" }), "#1", undefined);
    trail.write(page({ tab: "lens", settings: { colour: "rank" } }), "#2", undefined);
    trail.write(page({ tab: "heads" }), "#3", undefined);
    trail.write(page({ tab: "lens" }), "#4", stepOf(page({ tab: "lens" })));
    trail.write(page({ tab: "heads" }), "#5", undefined);
    expect(told.told).toEqual([
      "replace #1 true",
      "replace #2 true",
      "push #3 true",
      "replace #4 true",
      "push #5 true",
    ]);
    expect(isOwn(null)).toBe(false);
  });

  it("leads back to the view, cell and part without asking for another model, and keeps the edits", async () => {
    const { bench, session, client } = await opened();
    const infos = client.requests("info").length;
    const before = session.hash;
    bench.go("heads", "");
    bench.use(Chosen).open("L4H6");
    session.pin("3", 5);
    session.edits.add(spec("L3N12"));
    const after = session.hash;

    await bench.restore(before, true);
    expect(session.page).toMatchObject({ tab: "lens", row: undefined, position: undefined });
    expect(bench.use(Chosen).part).toBeUndefined();
    expect(names(bench)).toEqual(["L3N12"]);
    await bench.restore(after, true);
    expect(session.page).toMatchObject({ tab: "heads", row: "3", position: 5 });
    expect(bench.use(Chosen).part?.name).toBe("L4H6");
    expect(client.requests("info")).toHaveLength(infos);
  });

  it("takes the edits of a link that a person follows, and offers what was typed and not run", async () => {
    const { bench, session } = await opened();
    session.edits.add(spec("L3N12"));
    session.type("Half a sentence");

    await bench.restore(
      `#/lens?prompt=Hello&edits=${encodeURIComponent(JSON.stringify([spec("L1N1")]))}`,
      false,
    );
    expect(names(bench)).toEqual(["L1N1"]);
    expect(session.draft).toBe("Hello");
    expect(session.undo.offered?.what).toBe("Left what was typed");
    session.undo.take();
    expect(session.draft).toBe("Half a sentence");
  });

  it("opens the model of an entry with the edits that it was left with", async () => {
    const { bench, session } = await opened();
    const before = session.hash;
    session.edits.add(spec("L3N12"));
    await bench.choose("other");
    session.edits.add(spec("L0N7"));
    const other = session.hash;

    await bench.restore(before, true);
    expect([session.modelName, names(bench)]).toEqual(["microworld", ["L3N12"]]);
    await bench.restore(other, true);
    expect([session.modelName, names(bench)]).toEqual(["other", ["L0N7"]]);
  });
});

describe("the edits of a model", () => {
  it("come back with it, over a reload too, and what was removed from it goes back to it", async () => {
    const { bench, session } = await opened();
    session.edits.add(spec("L3N12"), spec("L3N13"));
    session.edits.remove(0);

    await bench.choose("other");
    expect(names(bench)).toEqual([]);
    session.edits.add(spec("L0N7"));
    session.undo.take();
    expect(names(bench)).toEqual(["L0N7"]);
    await bench.choose("microworld");
    expect(names(bench)).toEqual(["L3N12", "L3N13"]);
    const again = await opened();
    await again.bench.choose("other");
    expect(names(again.bench)).toEqual(["L0N7"]);
  });

  it("last as long as the page where nothing is kept, and foreign texts are none", () => {
    const full: Drawer = {
      getItem: () => '{"a":[{"kind":"nonsense"}],"b":[{"kind":"ablate"}],"c":7}',
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    };
    const kept = new KeptEdits(full);

    expect([kept.of("a"), kept.of("b"), kept.of("c")]).toEqual([undefined, [{ kind: "ablate" }], undefined]);
    kept.keep("a", [spec("L0N1")]);
    expect(kept.of("a")).toEqual([spec("L0N1")]);
    expect(new KeptEdits({ getItem: () => "no JSON", setItem: () => undefined }).of("a")).toBeUndefined();
  });
});

describe("Run and Cancel", () => {
  const never = () => new Promise<never>(() => undefined);

  it("belong to the view that is shown: an experiment is none of theirs, nor is another view", async () => {
    const answers: Answers = { ...usual, detox: never, flow: never, heads: never };
    const { bench } = await opened(answers);
    const { trial } = bench.use(Detox);
    void bench.use(Detox).experiment();

    expect([bench.busy, trial.loading]).toEqual([false, true]);
    bench.go("flow", "");
    void bench.use(Flow).ask();
    expect(bench.busy).toBe(true);
    bench.go("heads", "");
    expect(bench.busy).toBe(false);
    void bench.use(Heads).ask();
    expect(bench.busy).toBe(true);
    bench.cancel();
    expect([bench.busy, bench.use(Flow).graph.loading, trial.loading]).toEqual([false, true, true]);
    bench.go("edits", "detox");
    expect(bench.busy).toBe(false);
    bench.cancel();
    expect(trial.loading).toBe(true);
  });

  it("begin the continuation in Generate alone, not on the page of early exit beside it", async () => {
    const { bench, client } = await opened({ ...usual, generate: never });
    bench.go("generate", "exit");
    bench.run();
    expect(client.requests("generate")).toEqual([]);
    bench.go("generate", "");
    bench.run();
    await vi.waitFor(() => expect(client.requests("generate")).toHaveLength(1));
    expect([bench.busy, bench.use(Generation).loading]).toEqual([true, true]);
    bench.cancel();
    expect(bench.use(Generation).loading).toBe(false);
  });

  it("read the prompt anew whatever view is shown", async () => {
    const { bench, session } = await opened({ ...usual, flow: () => flow, heads: () => heads });
    const before = session.runs;
    bench.go("model", "");
    bench.run();
    expect(session.runs).toBe(before + 1);
    expect(session.page.tab).toBe("lens");
    expect(bench.use(Lens).grid.loading).toBe(false);
  });
});

describe("a job", () => {
  const job: JobView = {
    id: "job-7",
    verb: "detox",
    subject: "microworld",
    state: "done",
    submittedAt: "2026-01-01T00:00:00Z",
    files: [],
    request: { model: "microworld" },
  } as unknown as JobView;

  class Standing extends Answering {
    override look(id: string): Promise<JobView> {
      return id === job.id
        ? Promise.resolve(job)
        : Promise.reject(new ProblemError("Not found", `no job ${id}`));
    }
    override follow(_id: string, on: { done?: (done: JobView) => void }): Promise<never> {
      on.done?.(job);
      return Promise.resolve(detox as never);
    }
    override job(verb: never, request: never, on: How, signal: AbortSignal): Promise<never> {
      on.begun?.("job-8");
      return super.job(verb, request, on, signal) as Promise<never>;
    }
  }

  async function standing(hash: string) {
    const client = new Standing({ ...usual, detox: () => new Promise<never>(() => undefined) });
    const bench = new Bench(new Desk(client), views);
    bench.start(hash);
    const { trial } = bench.use(Detox);
    await vi.waitFor(() => expect(bench.session.opening.loading).toBe(false));
    return { bench, session: bench.session, trial };
  }

  it("that the address names is shown again when it is done", async () => {
    const { trial, session, bench } = await standing("#/edits?part=detox&prompt=Hello&job.detox=job-7");

    await vi.waitFor(() => expect(trial.result).toBe(detox));
    expect(trial.jobId).toBe("job-7");
    bench.use(Jobs).note();
    expect(session.hash).toContain("job.detox=job-7");
  });

  it("stands in the address as soon as it has begun, and leaves it with its model", async () => {
    const { bench, session, trial } = await standing("#/edits?part=detox&prompt=Hello");

    void bench.use(Detox).experiment();
    await vi.waitFor(() => expect(trial.jobId).toBe("job-8"));
    bench.use(Jobs).note();
    expect(session.hash).toContain("job.detox=job-8");
    await bench.choose("other");
    bench.use(Jobs).note();
    expect(session.hash).not.toContain("job.");
  });

  it("that the server does not have any more is said to be gone", async () => {
    const { trial } = await standing("#/edits?part=detox&prompt=Hello&job.detox=job-99");

    await vi.waitFor(() => expect(trial.problem?.title).toBe("This run is not on the server any more"));
    expect(trial.problem?.detail).toContain("run it again");
  });
});

describe("a server that is gone", () => {
  it("is noticed by the first question that finds nobody, and by its silence, and greeted when it is back", async () => {
    vi.useFakeTimers();
    const client: {
      found: "there" | "absent" | "stranger";
      lost: (() => void) | undefined;
      alive: () => Promise<"there" | "absent" | "stranger">;
    } = {
      found: "there",
      lost: undefined,
      alive: () => Promise.resolve(client.found),
    };
    const back = vi.fn();
    const pulse = new Pulse(client, back);
    const stop = pulse.start();

    await vi.advanceTimersByTimeAsync(5100);
    expect(pulse.down).toBeUndefined();
    client.found = "absent";
    client.lost?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(pulse.down).toBe("absent");
    expect(pulse.since).toBe(Date.now());
    client.found = "stranger";
    await vi.advanceTimersByTimeAsync(1600);
    expect(pulse.down).toBe("stranger");
    expect(back).not.toHaveBeenCalled();
    client.found = "there";
    await vi.advanceTimersByTimeAsync(1600);
    expect([pulse.down, pulse.since]).toEqual([undefined, undefined]);
    expect(back).toHaveBeenCalledTimes(1);
    client.found = "absent";
    await vi.advanceTimersByTimeAsync(5100);
    expect(pulse.down).toBe("absent");
    stop();
    expect(client.lost).toBeUndefined();
    vi.useRealTimers();
  });
});
