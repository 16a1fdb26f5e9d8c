/**
 * Typed calls of the server's use cases: `POST /api/v1/VERB` answers at once, `POST /api/v1/jobs/VERB` makes a job
 * whose events are followed. Every failure is a {@link ProblemError} with one sentence for a person.
 */
import type { GeneratedToken, JobView, Problem, Progress, Verbs } from "./types";

export class ProblemError extends Error {
  constructor(
    readonly title: string,
    readonly detail: string,
    readonly field?: string,
  ) {
    super(`${title}: ${detail}`);
  }
}

/** What can go wrong on the way, as something to show; cancelling is not a failure and gives nothing. */
export function problemOf(error: unknown): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  if (error instanceof DOMException && error.name === "AbortError") return undefined;
  return new ProblemError("Unexpected failure", error instanceof Error ? error.message : String(error));
}

/** Why nobody waits for a job any more, where it is to go on. */
export const left = "left";

interface JobHandlers {
  /** The server has taken the work on under this id. */
  readonly begun?: (id: string) => void;
  /** The work is done; the job says what files there are of it. */
  readonly done?: (job: JobView) => void;
  readonly progress?: (progress: Progress) => void;
  readonly token?: (token: GeneratedToken) => void;
}

/** How long the server may think about being there, milliseconds. */
const patience = 8000;

/** The verbs of the server, each with its request and its result. */
export type Asked = keyof Verbs;

export class Client {
  /** Told when a question finds nobody. */
  lost: (() => void) | undefined;

  /** The browser sends the server's token by itself, as a cookie that no script can read. */
  constructor(readonly base = "api/v1") {}

  async call<V extends Asked>(
    verb: V,
    request: Verbs[V]["request"],
    signal?: AbortSignal,
  ): Promise<Verbs[V]["result"]> {
    return (await this.#json(`${this.base}/${verb}`, "POST", request, signal)) as Verbs[V]["result"];
  }

  /** Runs a verb as a job; aborting the signal cancels it on the server too. */
  async job<V extends Asked>(
    verb: V,
    request: Verbs[V]["request"],
    on: JobHandlers,
    signal: AbortSignal,
  ): Promise<Verbs[V]["result"]> {
    const job = (await this.#json(`${this.base}/jobs/${verb}`, "POST", request, signal)) as JobView;
    on.begun?.(job.id);
    return this.follow<V>(job.id, on, signal);
  }

  /** Follows a job, whoever began it, to its result; aborting the signal cancels it on the server, unless it is `left`. */
  async follow<V extends Asked>(
    id: string,
    on: JobHandlers,
    signal: AbortSignal,
  ): Promise<Verbs[V]["result"]> {
    const path = this.#pathOf(id);
    const cancel = () => {
      if (signal.reason !== left) void this.cancel(id).catch(() => undefined);
    };
    signal.addEventListener("abort", cancel, { once: true });
    try {
      return (await this.#follow(path, on, signal)) as Verbs[V]["result"];
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  /** A job with what was asked and what came of it. */
  async look(id: string): Promise<JobView> {
    return (await this.#json(this.#pathOf(id), "GET")) as JobView;
  }

  async cancel(id: string): Promise<void> {
    await this.#json(this.#pathOf(id), "DELETE");
  }

  /** Goes on with a job that ended without a result. */
  async resume(id: string): Promise<void> {
    await this.#json(`${this.#pathOf(id)}/resume`, "POST");
  }

  #pathOf(id: string): string {
    return `${this.base}/jobs/${encodeURIComponent(id)}`;
  }

  /** The bytes of a file that a finished job offers. */
  async file(job: string, name: string): Promise<Blob> {
    const path = `${this.#pathOf(job)}/files/${encodeURIComponent(name)}`;
    const response = await this.#fetch(path, { method: "GET", headers: { Accept: "application/json" } });
    if (response.ok) return response.blob();
    const problem = parse(await response.text()) as Problem | undefined;
    throw asError(problem, response.statusText, response.status);
  }

  /** The answer of a verb as a table, where the server makes one of it; the one of a name where it makes several. */
  async table<V extends Asked>(verb: V, request: Verbs[V]["request"], name?: string): Promise<Blob> {
    const wanted = name === undefined ? "" : `?table=${encodeURIComponent(name)}`;
    const response = await this.#fetch(`${this.base}/${verb}${wanted}`, {
      method: "POST",
      headers: { Accept: "text/csv", "Content-Type": "application/json" },
      body: JSON.stringify(request),
    });
    const type = response.headers.get("Content-Type") ?? "";
    if (response.ok && type.startsWith("text/csv")) return response.blob();
    const problem = parse(await response.text()) as Problem | undefined;
    throw asError(
      response.ok ? undefined : problem,
      response.ok ? `The server makes no table of ${verb}` : response.statusText,
      response.status,
    );
  }

  /** Whether the server is there, and lets this page in. */
  async alive(): Promise<"there" | "absent" | "stranger"> {
    try {
      const signal = AbortSignal.timeout(patience);
      const { status } = await fetch(`${this.base}/health`, { signal, cache: "no-store" });
      return status === 401 || status === 403 ? "stranger" : "there";
    } catch {
      return "absent";
    }
  }

  async #fetch(path: string, request: RequestInit): Promise<Response> {
    try {
      return await fetch(path, request);
    } catch (error) {
      if (request.signal?.aborted ?? false) throw error;
      this.lost?.();
      throw new ProblemError(
        "No answer",
        "The Lexiscope server does not answer; is ./lexiscope still running?",
      );
    }
  }

  #follow(path: string, on: JobHandlers, signal: AbortSignal): Promise<unknown> {
    return new Promise((done, fail) => {
      const events = new EventSource(`${path}/events`);
      const end = (settle: () => void) => {
        events.close();
        settle();
      };
      signal.addEventListener("abort", () => end(() => fail(new DOMException("cancelled", "AbortError"))), {
        once: true,
      });
      events.addEventListener("progress", (e) => on.progress?.(JSON.parse(e.data) as Progress));
      events.addEventListener("token", (e) => on.token?.(JSON.parse(e.data) as GeneratedToken));
      events.addEventListener("state", (e) => {
        const job = JSON.parse(e.data) as JobView;
        if (job.progress !== undefined) on.progress?.(job.progress);
        if (job.state === "done") {
          on.done?.(job);
          end(() => done(job.result ?? this.#result(path, signal)));
        }
        if (job.state === "failed") end(() => fail(asError(job.problem, "The job failed", 500)));
        else if (job.state === "cancelled" || job.state === "interrupted")
          end(() => fail(new DOMException("cancelled", "AbortError")));
      });
      events.addEventListener("error", () => {
        this.lost?.();
        if (events.readyState === EventSource.CLOSED)
          end(() =>
            fail(
              new ProblemError(
                "Connection lost",
                "The server stopped sending the job's events; run it again.",
              ),
            ),
          );
      });
    });
  }

  async #result(path: string, signal: AbortSignal): Promise<unknown> {
    return ((await this.#json(path, "GET", undefined, signal)) as JobView).result;
  }

  async #json(
    path: string,
    method: "GET" | "POST" | "DELETE",
    body?: unknown,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const response = await this.#fetch(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const text = await response.text();
    const content = parse(text);
    if (response.ok) return content;
    throw asError(content as Problem | undefined, response.statusText, response.status);
  }
}

function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asError(problem: Problem | undefined, title: string, status: number): ProblemError {
  return new ProblemError(
    problem?.title ?? (title || `HTTP ${status}`),
    problem?.detail ?? `The server answered with status ${status} and no explanation.`,
    problem?.field,
  );
}

/** Leaves out what is undefined, so that an absent option is absent in JSON. */
export function given<T extends object>(values: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined)) as T;
}
