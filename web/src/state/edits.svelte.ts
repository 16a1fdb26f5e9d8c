/** The interventions in force. They belong to the session: every view's requests carry them, and so does the link. */
import { given, type ProblemError } from "../api/client";
import { misplaced } from "./check";
import type { InterventionFile, InterventionSpec } from "./interventions";
import { deedOf, readFile, spread, titleOf } from "./interventions";
import { KeptEdits } from "./kept";
import { placeKey, type Place } from "./parts";
import type { Session } from "./session.svelte";

/** What the edits of a part do to it: as it is where there are none, several where they differ. */
export interface Dose {
  readonly kind: "scale" | "set";
  readonly value: number;
  /** Whether any of them is switched on. */
  readonly on: boolean;
  /** Whether there are edits of the part at all. */
  readonly edited: boolean;
  /** Why they are left out of every request. */
  readonly problem: string | undefined;
}

/** Fields to change; undefined takes one away. */
export type Change = { [K in keyof InterventionSpec]?: InterventionSpec[K] | undefined };

export class Edits {
  readonly #session: Session;
  readonly #kept: KeptEdits;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  /** What the server said of edits that it could not place, by model and what they do. */
  #refused: Readonly<Record<string, string>> = $state.raw({});

  constructor(session: Session, kept = new KeptEdits()) {
    this.#session = session;
    this.#kept = kept;
  }

  /** Keeps those in force for the model that is left. */
  leave(): void {
    const { modelName } = this.#session;
    if (modelName !== undefined) this.#kept.keep(modelName, $state.snapshot(this.#session.page.edits));
  }

  /** Those of a model when it was left; none where it never was. */
  of(model: string | undefined): InterventionSpec[] | undefined {
    const kept = model === undefined ? undefined : this.#kept.of(model);
    return kept === undefined ? undefined : [...kept];
  }

  get all(): readonly InterventionSpec[] {
    return this.#session.page.edits;
  }

  /** Those that are switched on and have a place in this model. */
  get inForce(): readonly InterventionSpec[] {
    return this.all.filter((spec) => (spec.on ?? true) && this.problemOf(spec) === undefined);
  }

  /** What requests carry; absent when the model is to run as it is. */
  get specs(): InterventionSpec[] | undefined {
    const specs = this.inForce.flatMap(spread);
    return specs.length === 0 ? undefined : $state.snapshot(specs as InterventionSpec[]);
  }

  /** Why an edit is left out of every request, in a sentence; nothing where it is well. */
  problemOf(spec: InterventionSpec): string | undefined {
    const { info } = this.#session;
    return (info === undefined ? undefined : misplaced(spec, info)) ?? this.#refused[this.#nameOf(spec)];
  }

  #nameOf(spec: InterventionSpec): string {
    return `${this.#session.modelName ?? ""} ${deedOf(spec)}`;
  }

  /** Marks the edits of a request that the server could not place, and asks anew without them; gives whether it found them. */
  refuse(problem: ProblemError, request: unknown): boolean {
    const sent = (request as { interventions?: InterventionSpec[] }).interventions;
    if (sent === undefined || !(problem.field ?? "").startsWith("interventions")) return false;
    const at = /interventions\[(\d+)\]/.exec(problem.detail)?.[1];
    const fits = (spec: InterventionSpec) =>
      at === undefined
        ? (spec.positions ?? []).some((p) => p < 0)
        : spread(spec).some((part) => deedOf(part) === deedOf(sent[Number(at)]));
    const bad = this.all.filter((spec) => (spec.on ?? true) && fits(spec));
    const fresh = bad.filter((spec) => this.problemOf(spec) === undefined);
    if (fresh.length > 0) {
      const detail = problem.detail.replace(/^interventions(\[\d+\])?: /, "");
      const marks = Object.fromEntries(fresh.map((spec) => [this.#nameOf(spec), detail]));
      this.#refused = { ...this.#refused, ...marks };
      this.#session.runs++;
    }
    return bad.length > 0;
  }

  #set(edits: InterventionSpec[], patience = 0): void {
    this.#session.page.edits = edits;
    clearTimeout(this.#waiting);
    const run = () => {
      if ((this.#session.page.prompt ?? "") !== "") this.#session.runs++;
    };
    if (patience === 0) run();
    else this.#waiting = setTimeout(run, patience);
  }

  add(...specs: readonly InterventionSpec[]): void {
    if (specs.length > 0) this.#set([...this.all, ...specs]);
  }

  /** Changes one; a dose that is being dragged waits until the hand rests. */
  change(index: number, part: Change, patience = 0): void {
    this.#set(
      this.all.map((spec, i) => (i === index ? given<InterventionSpec>({ ...spec, ...part }) : spec)),
      patience,
    );
  }

  /** Takes edits away; they can be brought back to where they stood, among those that came meanwhile. */
  #take(what: string, taken: readonly number[]): void {
    const before = [...this.all];
    const model = this.#session.modelName;
    this.#set(before.filter((_, i) => !taken.includes(i)));
    this.#session.undo.offer(what, () => {
      const here = this.#session.modelName === model;
      const edits = [...(here ? this.all : (this.of(model) ?? []))];
      for (const i of taken) edits.splice(i, 0, ...before.slice(i, i + 1));
      if (here) this.#set(edits);
      else if (model !== undefined) this.#kept.keep(model, edits);
    });
  }

  remove(index: number): void {
    const spec = this.all[index];
    if (spec !== undefined) this.#take(`Removed ${titleOf(spec)}`, [index]);
  }

  /** Moves one to another place: interventions on the same place act in this order. */
  move(from: number, to: number): void {
    const spec = this.all[from];
    if (spec === undefined || to < 0 || to >= this.all.length || from === to) return;
    const others = this.all.filter((_, i) => i !== from);
    this.#set([...others.slice(0, to), spec, ...others.slice(to)]);
  }

  switchAll(on: boolean): void {
    this.#set(this.all.map((spec) => ({ ...spec, on })));
  }

  clear(): void {
    const { length } = this.all;
    if (length > 0)
      this.#take(`Removed ${length === 1 ? "the edit" : `all ${length} edits`}`, [...this.all.keys()]);
  }

  /** Where the edits of exactly these places are in the list. */
  #at(places: readonly Place[]): number[] {
    const keys = places.map(placeKey);
    return [...this.all.keys()].filter((i) => keys.includes(placeKey(this.all[i] ?? {})));
  }

  /** What is done at places that are switched together. */
  doseOf(places: readonly Place[]): Dose {
    const specs = this.#at(places).flatMap((i) => this.all[i] ?? []);
    const spec = specs.findLast((s) => s.on ?? true) ?? specs.at(-1);
    return {
      kind: spec?.kind === "set" || spec?.kind === "add" ? "set" : "scale",
      value: spec === undefined ? 1 : spec.kind === "ablate" ? 0 : (spec.value ?? 0),
      on: specs.some((s) => s.on ?? true),
      edited: specs.length > 0,
      problem: specs.map((s) => this.problemOf(s)).find((problem) => problem !== undefined),
    };
  }

  /** Gives places one dose; one that is being dragged waits until the hand rests. */
  dose(places: readonly Place[], kind: Dose["kind"], value: number, patience = 0): void {
    const edits = [...this.all];
    for (const place of places) {
      const at = this.#at([place]).at(-1);
      const before = at === undefined ? undefined : edits[at];
      if (at === undefined || before === undefined) edits.push({ ...place, kind, value });
      else edits[at] = { ...before, kind, value, on: true };
    }
    this.#set(edits, patience);
  }

  /** Takes the edits of places away. */
  undose(places: readonly Place[], name: string): void {
    const taken = this.#at(places);
    if (taken.length > 0) this.#take(`Removed the edit of ${name}`, taken);
  }

  file(): InterventionFile {
    return {
      version: 1,
      ...(this.#session.modelName === undefined ? {} : { model: this.#session.modelName }),
      interventions: $state.snapshot(this.all as InterventionSpec[]),
    };
  }

  /** Adds what an interventions file holds; throws with one sentence if it is not one. */
  load(text: string): void {
    this.add(...readFile(text).interventions);
  }
}
