/** A Vite plugin that answers the page's calls with pretended records, for `npm run dev` without a server. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Connect, Plugin } from "vite";
import type { JobView, LensResult, Problem } from "../../src/api/types";
import * as search from "./pretend-search.ts";
import * as jobsOf from "./pretend-jobs.ts";
import * as neurons from "./pretend-neurons.ts";
import * as fixtures from "../fixtures/index.ts";
import * as pretend from "./pretend.ts";

type Answer = (request: never) => unknown;

const verbs: Record<string, Answer> = {
  models: () => pretend.models(),
  info: (r: { model?: string }) => pretend.info(r.model),
  tokenize: (r: { text: string }) => {
    let at = 0;
    const tokens = pretend
      .tokenize(r.text)
      .map((t) => ({ ...t, start: at, end: (at += [...t.text].length) }));
    return { model: "microworld", text: r.text, tokens, provenance: pretend.info().provenance };
  },
  complete: (r: { prefix: string; limit?: number }) => ({
    model: "microworld",
    ...pretend.complete(r.prefix, r.limit ?? 20),
  }),
  lens: pretend.lens as Answer,
  attribution: pretend.attribution as Answer,
  heads: (r: { heads?: readonly string[] }) => (r.heads === undefined ? fixtures.heads : fixtures.headsCard),
  flow: () => fixtures.flow,
  gradients: () => fixtures.gradients,
  neuron: search.neuron as Answer,
  search: search.search as Answer,
  ffn: neurons.ffn as Answer,
  clusters: jobsOf.clusters as Answer,
  detox: jobsOf.detox as Answer,
  exit: jobsOf.exit as Answer,
  invert: jobsOf.invert as Answer,
  events: jobsOf.events as Answer,
  compare: pretend.compare as Answer,
  generate: pretend.generate as Answer,
  parity: pretend.parity as Answer,
  pull: (r: { id: string }) => pretend.pull(r.id),
};

async function body(request: IncomingMessage): Promise<never> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString() || "{}") as never;
}

function send(response: ServerResponse, status: number, content: unknown): void {
  response.writeHead(status, {
    "Content-Type": status < 400 ? "application/json" : "application/problem+json",
  });
  response.end(JSON.stringify(content));
}

/** As the server says of an edit whose words are not of the vocabulary. */
function unplaced({ interventions = [] }: { interventions?: { direction?: { words?: string[] } }[] }) {
  const at = interventions.findIndex((e) => e.direction?.words?.includes(" xyzzy"));
  return at < 0 ? undefined : `interventions[${at}]: idOf: expected one token, got " xyzzy"; name one`;
}

export function fixtureMiddleware(): Connect.NextHandleFunction {
  /** The index that takes long is stopped once, and there the next time. */
  let built = false;
  const jobs = new Map<
    string,
    { verb: string; request: never; cancelled: boolean; ended?: "done" | "failed" }
  >();

  /** A job as it stands, without its result. */
  function stands(id: string): JobView | undefined {
    const job = jobs.get(id);
    if (job === undefined) return undefined;
    const state = job.cancelled ? "cancelled" : (job.ended ?? "running");
    return {
      id,
      verb: job.verb as JobView["verb"],
      ...(job.verb in jobsOf.counted ? { subject: "microworld" } : {}),
      state,
      ...(state === "running"
        ? { progress: { done: 40, total: 400, unit: jobsOf.counted[job.verb] ?? "" } }
        : {}),
      submittedAt: "2026-01-01T00:00:00Z",
      startedAt: "2026-01-01T00:00:01Z",
      ...(state === "running" ? {} : { finishedAt: "2026-01-01T00:01:31Z" }),
      files: state === "done" ? jobsOf.files(job.verb) : [],
    };
  }

  async function events(id: string, response: ServerResponse): Promise<void> {
    const job = jobs.get(id);
    if (job === undefined)
      return send(response, 404, { title: "Not found", detail: `job: expected a known id, got ${id}` });
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    let sequence = 0;
    const write = (event: string, data: unknown) =>
      response.write(`id: ${sequence++}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    const view = (state: JobView["state"], more: Partial<JobView> = {}): JobView => ({
      id,
      verb: job.verb as JobView["verb"],
      state,
      submittedAt: "2026-01-01T00:00:00Z",
      files: state === "done" ? jobsOf.files(job.verb) : [],
      ...more,
    });
    write("state", view("running"));
    const tokens = job.verb === "generate" ? pretend.generated(job.request) : [];
    for (const [i, token] of tokens.entries()) {
      await new Promise((done) => setTimeout(done, 30));
      if (job.cancelled) break;
      write("token", token);
      write("progress", {
        done: i + 1,
        total: tokens.length,
        unit: "tokens",
        etaSeconds: (tokens.length - i) * 0.03,
      });
    }
    for (let step = 1; job.verb === "pull" && step <= 20 && !job.cancelled; step++) {
      write("progress", {
        done: step * 25_000_000,
        total: 500_000_000,
        unit: "bytes",
        etaSeconds: 20 - step,
      });
      await new Promise((done) => setTimeout(done, 50));
    }
    const unit = jobsOf.counted[job.verb];
    // One that takes long enough to load the page anew meanwhile.
    const steps = /slow/.test(JSON.stringify(job.request)) ? 1000 : 20;
    for (let step = 1; unit !== undefined && step <= steps && !job.cancelled; step++) {
      if (response.destroyed) return;
      write("progress", { done: step * 20, total: steps * 20, unit, etaSeconds: (steps - step) * 0.02 });
      await new Promise((done) => setTimeout(done, 20));
    }
    // An index that takes long enough to look at the page meanwhile, and to stop it.
    const asked = JSON.stringify(job.request);
    const building = job.verb === "search" && (/slow/.test(asked) || (/L5N777/.test(asked) && !built));
    for (let step = 1; building && step <= 1000 && !job.cancelled; step++) {
      write("progress", { done: step * 6, total: 6150, unit: "vectors", etaSeconds: (1000 - step) * 0.05 });
      await new Promise((done) => setTimeout(done, 50));
    }
    built ||= building && !/slow/.test(asked);
    for (let layer = 1; job.verb === "lens" && layer <= 8 && !job.cancelled; layer++) {
      write("progress", { done: layer, total: 8, unit: "layers" });
      await new Promise((done) => setTimeout(done, 20));
    }
    let result: unknown;
    try {
      result = verbs[job.verb]?.(job.request);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      const problem: Problem = {
        type: "",
        title: "Cannot be answered",
        status: 422,
        detail,
        kind: "invalid",
      };
      job.ended = "failed";
      write("state", view("failed", { problem }));
      return void response.end();
    }
    if (!job.cancelled) job.ended = "done";
    write("state", job.cancelled ? view("cancelled") : view("done", { result }));
    response.end();
  }

  async function answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts = path.split("/").filter((p) => p !== "");
    const [first = "", second = "", third] = parts;
    if (first === "health") return send(response, 200, { status: "ok" });
    if (first === "jobs" && third === "events") return events(second, response);
    if (first === "jobs" && third === "files") {
      const file = jobsOf.files(jobs.get(second)?.verb ?? "").find((f) => f.name === parts[3]);
      if (file === undefined)
        return send(response, 404, { title: "Not found", detail: "job: expected one of its files" });
      response.writeHead(200, { "Content-Type": file.type });
      return void response.end(`${file.name} of ${second}`);
    }
    if (first === "jobs" && second === "")
      return send(response, 200, { jobs: [...jobs.keys()].map(stands).reverse() });
    if (first === "jobs" && request.method === "GET" && !jobs.has(second))
      return send(response, 404, { title: "Not found", detail: `job: expected a known id, got ${second}` });
    if (first === "jobs" && request.method === "GET")
      return send(response, 200, { ...stands(second), request: jobs.get(second)?.request });
    if (first === "jobs" && request.method === "DELETE") {
      const job = jobs.get(second);
      if (job !== undefined) job.cancelled = true;
      return send(response, 200, {});
    }
    if (first === "jobs") {
      const id = `job-${jobs.size}`;
      jobs.set(id, { verb: second, request: await body(request), cancelled: false });
      return send(response, 202, { id, verb: second, state: "queued", submittedAt: "2026-01-01T00:00:00Z" });
    }
    const verb = verbs[first];
    if (verb === undefined)
      return send(response, 404, { title: "Not found", detail: `request: expected a verb, got ${first}` });
    const asked = await body(request);
    await new Promise((done) => setTimeout(done, 15));
    try {
      const lost = unplaced(asked);
      if (lost !== undefined) throw Object.assign(new Error(lost), { field: "interventions" });
      const result = verb(asked);
      if (first === "lens" && request.headers.accept === "text/csv") {
        const { readings } = result as LensResult;
        response.writeHead(200, { "Content-Type": "text/csv; charset=utf-8" });
        const lines = readings.map((r) => [r.at, r.layer, r.position, r.top[0]?.id].join());
        return void response.end(["at,layer,position,id", ...lines, ""].join("\r\n"));
      }
      if (request.headers.accept === "text/csv") {
        response.writeHead(200, { "Content-Type": "text/csv; charset=utf-8" });
        return void response.end(`table\r\n${first}\r\n`);
      }
      send(response, 200, result);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      const field = error instanceof Error && "field" in error ? String(error.field) : undefined;
      const problem: Problem = {
        ...(field === undefined ? {} : { field }),
        type: "/problems/invalid",
        title: "Cannot be answered",
        status: 422,
        detail,
        kind: "invalid",
      };
      send(response, 422, problem);
    }
  }

  return (request, response, next) => {
    const path = (request.url ?? "").split("?")[0] ?? "";
    if (!path.startsWith("/api/v1/")) return next();
    answer(path.slice("/api/v1/".length), request, response).catch(next);
  };
}

export function fixtureServer(): Plugin {
  return {
    name: "lexiscope-fixtures",
    configureServer: (server) => void server.middlewares.use(fixtureMiddleware()),
    configurePreviewServer: (server) => void server.middlewares.use(fixtureMiddleware()),
  };
}
