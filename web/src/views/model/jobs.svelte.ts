/** The long jobs that the server keeps: under way, interrupted or done, asked for by this page or by one before it. */
import { problemOf, type ProblemError } from "../../api/client";
import type { JobFile, JobView } from "../../api/types";
import { fileName, save } from "../../visual/export";
import { shortName } from "../../visual/text";
import { Settings } from "../../state/settings";
import type { Bench } from "../bench";
import { State, type Part, type Standing, type View } from "../view";

/** How often the list is asked for while something is under way, milliseconds. */
const often = 1000;

/** A page and its view. */
interface Shown {
  readonly view: View;
  readonly part: Part;
}

export function isUnderWay(job: JobView): boolean {
  return job.state === "queued" || job.state === "running";
}

export class Jobs extends State {
  readonly listed = this.question("jobs", { aside: true, stays: true });
  /** What was refused of one of them. */
  #refused: ProblemError | undefined = $state.raw();
  /** Those that outlive the server. */
  readonly all: readonly JobView[] = $derived(
    (this.listed.result?.jobs ?? []).filter((job) => job.subject !== undefined),
  );

  #attached = false;

  /** The jobs that the address names, by verb. */
  readonly #named: Settings<string>;

  constructor(bench: Bench) {
    super(bench);
    this.#named = new Settings(bench.session, "job.");
  }

  get #pages(): readonly Standing[] {
    return this.bench.views.flatMap((view) => view.parts.flatMap((part) => part.shows?.(this.bench) ?? []));
  }

  /** Writes into the address which jobs are shown, so that a reload, a link and the way back show them again. */
  note(): void {
    for (const { verb, jobId } of this.#pages)
      if (jobId !== undefined && jobId !== this.#named.text(verb)) this.#named.set(verb, jobId);
  }

  /** Shows the jobs that the address names. */
  override restored(): void {
    for (const page of this.#pages) {
      const id = this.#named.text(page.verb);
      if (id !== "") void page.reopen(id);
    }
  }

  /** What another model was asked leaves the address; its jobs stay in the list. */
  override renew(): void {
    for (const { verb } of this.#pages) this.#named.set(verb, "");
  }

  /** Shows the jobs that the address names; once after the page was loaded it follows what an earlier page asked for and is under way. */
  override opened(): void {
    this.restored();
    if (this.#attached) return;
    this.#attached = true;
    void this.#try(async () => {
      await this.list();
      for (const job of this.all.filter(isUnderWay)) {
        const question = this.pageOf(job)?.part.shows?.(this.bench);
        if (question === undefined || question.jobId !== undefined || question.result !== undefined) continue;
        const whole = await this.session.desk.client.look(job.id);
        if (this.#modelOf(whole) === this.session.modelName) void question.follow(whole);
      }
    });
  }

  #modelOf(job: JobView): string | undefined {
    return (job.request as { model?: string }).model ?? this.session.models.result?.defaultModel;
  }

  get running(): number {
    return this.all.filter(isUnderWay).length;
  }

  get problem(): ProblemError | undefined {
    return this.#refused ?? this.listed.problem;
  }

  /** A list is of the server, not of a model. */
  override clear(): void {}

  async list(): Promise<void> {
    await this.listed.ask({}, { again: true });
  }

  /** Keeps the list new while it is looked at; gives what ends that. */
  watch(): () => void {
    void this.list();
    const timer = setInterval(() => {
      if (this.running > 0) void this.list();
    }, often);
    return () => clearInterval(timer);
  }

  /** The page that shows the answers of a verb; nothing where a job has only files. */
  pageOf(job: JobView): Shown | undefined {
    for (const view of this.bench.views)
      for (const part of view.parts) if (part.shows?.(this.bench).verb === job.verb) return { view, part };
    return undefined;
  }

  /** Shows a job on the page of its verb, and follows it there while it is under way. */
  open(job: JobView): Promise<void> {
    return this.#try(async () => {
      const shown = this.pageOf(job);
      if (shown === undefined) return;
      const whole = await this.session.desk.client.look(job.id);
      const wanted = this.#modelOf(whole);
      if (wanted !== undefined && wanted !== this.session.modelName) await this.bench.choose(wanted);
      this.bench.go(shown.view.id, shown.part.part);
      void shown.part.shows?.(this.bench).follow(whole);
    });
  }

  stop(job: JobView): Promise<void> {
    return this.#change(() => this.session.desk.client.cancel(job.id));
  }

  resume(job: JobView): Promise<void> {
    return this.#change(() => this.session.desk.client.resume(job.id));
  }

  download(job: JobView, file: JobFile): Promise<void> {
    return this.#try(async () => {
      const name = fileName(shortName(job.subject ?? ""), job.verb, "");
      save(`${name}-${file.name}`, await this.session.desk.client.file(job.id, file.name));
    });
  }

  #change(act: () => Promise<void>): Promise<void> {
    return this.#try(async () => {
      await act();
      await this.list();
    });
  }

  async #try(act: () => Promise<void>): Promise<void> {
    this.#refused = undefined;
    try {
      await act();
    } catch (error) {
      this.#refused = problemOf(error);
    }
  }
}
