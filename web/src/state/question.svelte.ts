/** The one way to ask the server: a question with its newest answer, its refusal, its progress and its files. */
import { left, problemOf, ProblemError, type Asked } from "../api/client";
import type { JobFile, JobView, Progress, Verbs } from "../api/types";
import { save } from "../visual/export";
import type { Desk, How, Reply } from "./desk";
import { aboutJob, aboutOf, type About, type Key } from "./key";

/** What a component needs to know of a question. */
export interface Answer<T> {
  readonly result: T | undefined;
  readonly problem: ProblemError | undefined;
  readonly loading: boolean;
}

export interface Habits {
  /** The answer stays beside a refusal of the next question; else it leaves. */
  readonly stays?: boolean;
  /** Asked in passing: the page is not busy with it, and its Cancel does not stop it. */
  readonly aside?: boolean;
  /** Always runs as a job. */
  readonly long?: boolean;
}

/** The page as a question sees it. */
export interface Page {
  /** What is asked for now. */
  readonly ran: Key;
  readonly edits: { refuse: (problem: ProblemError, request: unknown) => boolean };
}

export class Question<V extends Asked> implements Answer<Verbs[V]["result"]> {
  readonly verb: V;
  readonly habits: Habits;
  readonly #desk: Desk;
  /** The newest answer; it stays while the next one is on its way. */
  result: Verbs[V]["result"] | undefined = $state.raw();
  problem: ProblemError | undefined = $state.raw();
  progress: Progress | undefined = $state.raw();
  loading = $state(false);
  /** The job that gave the answer, while the server remembers it. */
  job: JobView | undefined = $state.raw();
  /** The job that gives the answer, under way or done; absent where none does. */
  jobId: string | undefined = $state();
  /** The key of the answer; absent while there is none, or where nothing on the page makes it old. */
  about: About | undefined = $state.raw();
  /** The key of the newest question, answered or on its way. */
  asked: About | undefined = $state.raw();
  readonly #page: Page | undefined;
  /** What the answer is the answer to. */
  #answered: Verbs[V]["request"] | undefined;
  #asking: AbortController | undefined;
  #key: string | undefined;
  #gives: Promise<boolean> = Promise.resolve(false);

  /** With the page where answers become old when its key changes. */
  constructor(desk: Desk, verb: V, habits: Habits = {}, page?: Page) {
    this.#desk = desk;
    this.verb = verb;
    this.habits = habits;
    this.#page = page;
  }

  /**
   * Asks, unless this very question is answered or on its way already; one still on its way for an older question is
   * dropped. Gives whether its answer is the one shown now.
   */
  ask(request: Verbs[V]["request"], how: How = {}): Promise<boolean> {
    const key = this.#desk.keyOf(this.verb, request);
    const about = this.#page === undefined ? undefined : aboutOf(this.verb, this.#page.ran);
    this.asked = about;
    if (key === this.#key && !how.again) {
      // The same request may come of another key: a target chosen that was followed before.
      if (!this.loading) this.about = about;
      return this.#gives;
    }
    this.#asking?.abort();
    this.#key = key;
    return (this.#gives = this.#take(request, how, (told, signal) =>
      this.#desk.ask(this.verb, request, { long: this.habits.long ?? false, ...told }, signal),
    ));
  }

  /** Shows a job that stands on the server, with its progress while it is under way: one asked for before the page was loaded. */
  follow(job: JobView): Promise<boolean> {
    const request = job.request as Verbs[V]["request"];
    this.#asking?.abort(left);
    this.#key = this.#desk.keyOf(this.verb, request);
    this.asked = this.#page === undefined ? undefined : aboutJob(this.verb, request, this.#page.ran.model);
    return (this.#gives = this.#take(
      request,
      {},
      (told, signal) => this.#desk.follow<V>(job.id, told, signal),
      job.id,
    ));
  }

  /** Shows a job by its id, as a link has it; says so where the server has none of it any more. */
  async reopen(id: string): Promise<boolean> {
    if (this.jobId === id && (this.loading || this.result !== undefined)) return true;
    this.cancel(left);
    this.jobId = id;
    try {
      const job = await this.#desk.client.look(id);
      if (this.jobId !== id || this.loading) return false;
      return await this.follow(job);
    } catch (error) {
      const problem = problemOf(error);
      if (this.jobId !== id || problem === undefined) return false;
      this.jobId = undefined;
      this.#drop();
      this.problem = new ProblemError(
        "This run is not on the server any more",
        `The link names a run of ${this.verb} that was removed, or is of another server (${problem.detail}); run it again to see it.`,
      );
      return false;
    }
  }

  async #take(
    request: Verbs[V]["request"],
    how: How,
    reply: (told: How, signal: AbortSignal) => Promise<Reply<V>>,
    followed?: string,
  ): Promise<boolean> {
    const asking = (this.#asking = new AbortController());
    const newest = () => this.#asking === asking;
    this.loading = true;
    this.progress = undefined;
    this.problem = undefined;
    this.jobId = followed;
    try {
      const taken = await reply(
        {
          ...how,
          begun: (id) => {
            if (newest()) this.jobId = id;
          },
          progress: (progress) => {
            if (!newest()) return;
            this.progress = progress;
            how.progress?.(progress);
          },
          token: (token) => {
            if (newest()) how.token?.(token);
          },
        },
        asking.signal,
      );
      if (!newest()) return false;
      this.result = taken.result;
      this.job = taken.job;
      this.jobId = taken.job?.id;
      this.about = this.asked;
      this.#answered = request;
      return true;
    } catch (error) {
      const problem = problemOf(error);
      if (newest() && problem !== undefined) {
        // An edit that has no place is marked where it stands; what is asked anew leaves it out.
        const marked = this.#page?.edits.refuse(problem, request) ?? false;
        if (!marked || (this.habits.long ?? false)) this.problem = problem;
        // Asked once more, it goes to the server once more.
        this.#key = undefined;
        if (!(this.habits.stays ?? false)) this.#drop();
      }
      return false;
    } finally {
      if (newest()) {
        this.loading = false;
        this.progress = undefined;
      }
    }
  }

  /** Gives up what is on its way; the answer before stays. */
  cancel(why?: typeof left): void {
    if (!this.loading) return;
    this.#asking?.abort(why);
    this.#asking = undefined;
    this.#key = undefined;
    this.loading = false;
    this.progress = undefined;
  }

  /** Forgets the answer; a job that it only follows goes on. */
  clear(): void {
    this.cancel(left);
    this.#key = undefined;
    this.problem = undefined;
    this.#drop();
  }

  #drop(): void {
    this.result = undefined;
    this.job = undefined;
    this.jobId = undefined;
    this.about = undefined;
    this.#answered = undefined;
  }

  /** Saves one of the files that the server has of the answer. */
  async download(file: JobFile, name: string): Promise<void> {
    const { job } = this;
    if (job === undefined) return;
    try {
      save(`${name}-${file.name}`, await this.#desk.client.file(job.id, file.name));
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  /** The answer as the table that the server makes of it, the one of a name where it makes several: a file of its job, or the same question asked for a table. */
  async table(name?: string): Promise<Blob> {
    const { client } = this.#desk;
    const file = this.job?.files.find((f) => f.type.startsWith("text/csv") && f.name === (name ?? f.name));
    if (this.job !== undefined && file !== undefined) return client.file(this.job.id, file.name);
    if (this.#answered === undefined)
      throw new Error("export CSV: expected an answer, got none; run it first");
    return client.table(this.verb, this.#answered, name);
  }
}
