/** One long question to the server as a job: its progress, its answer, its files. */
import { problemOf, type Asked, type ProblemError } from "../api/client";
import type { JobFile, JobView, Progress, Verbs } from "../api/types";
import type { Session } from "../state/session.svelte";
import { fileName, save } from "../visual/export";
import { shortName } from "../visual/text";

export class Run<V extends Asked> {
  readonly #session: Session;
  readonly verb: V;
  /** The newest answer; it stays on the page while the next one is on its way. */
  result: Verbs[V]["result"] | undefined = $state.raw();
  problem: ProblemError | undefined = $state.raw();
  progress: Progress | undefined = $state.raw();
  loading = $state(false);
  /** The job that gave the answer, while the server remembers it. */
  job: JobView | undefined = $state.raw();
  #asking: AbortController | undefined;

  constructor(session: Session, verb: V) {
    this.#session = session;
    this.verb = verb;
  }

  async ask(request: Verbs[V]["request"]): Promise<void> {
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    this.loading = true;
    this.progress = undefined;
    this.problem = undefined;
    let finished: JobView | undefined;
    try {
      this.result = await this.#session.client.job(
        this.verb,
        request,
        {
          done: (job) => (finished = job),
          progress: (progress) => (this.progress = progress),
        },
        asking.signal,
      );
      this.job = finished;
    } catch (error) {
      if (this.#asking === asking) this.problem = problemOf(error);
    } finally {
      if (this.#asking === asking) {
        this.loading = false;
        this.progress = undefined;
      }
    }
  }

  /** Saves one of the files that the server has of the answer. */
  async download(file: JobFile): Promise<void> {
    const { job } = this;
    if (job === undefined) return;
    try {
      const model = shortName(this.#session.modelName ?? "model");
      save(`${fileName(model, this.verb)}-${file.name}`, await this.#session.client.file(job.id, file.name));
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  clear(): void {
    this.cancel();
    this.result = undefined;
    this.problem = undefined;
    this.job = undefined;
  }

  cancel(): void {
    this.#asking?.abort();
    this.loading = false;
    this.progress = undefined;
  }
}

/** Settings of an experiment as typed; they stand in the address, and an empty text leaves the choice to the server. */
export class Settings<N extends string> {
  readonly #session: Session;
  readonly #of: string;

  constructor(session: Session, of: string) {
    this.#session = session;
    this.#of = of;
  }

  text(name: N): string {
    return this.#session.page.settings[`${this.#of}.${name}`] ?? "";
  }

  number(name: N): number | undefined {
    const text = this.text(name).trim();
    return text === "" || Number.isNaN(Number(text)) ? undefined : Number(text);
  }

  /** What stands between commas or blanks. */
  list(name: N): string[] | undefined {
    const list = this.text(name)
      .split(/[\s,]+/)
      .filter((part) => part !== "");
    return list.length === 0 ? undefined : list;
  }

  set(name: N, value: string): void {
    const key = `${this.#of}.${name}`;
    const others = Object.entries(this.#session.page.settings).filter(([n]) => n !== key);
    this.#session.page.settings = Object.fromEntries(value === "" ? others : [...others, [key, value]]);
  }
}
