/** The interventions in force. They belong to the session: every view's requests carry them, and so does the link. */
import { given } from "../api/client";
import type { InterventionFile, InterventionSpec } from "./interventions";
import { readFile } from "./interventions";
import type { Session } from "./session.svelte";

/** Fields to change; undefined takes one away. */
export type Change = { [K in keyof InterventionSpec]?: InterventionSpec[K] | undefined };

export class Edits {
  readonly #session: Session;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  get all(): readonly InterventionSpec[] {
    return this.#session.page.edits;
  }

  get inForce(): readonly InterventionSpec[] {
    return this.all.filter((spec) => spec.on ?? true);
  }

  /** What requests carry; absent when the model is to run as it is. */
  get specs(): InterventionSpec[] | undefined {
    const specs = this.inForce;
    return specs.length === 0 ? undefined : $state.snapshot(specs as InterventionSpec[]);
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

  remove(index: number): void {
    this.#set(this.all.filter((_, i) => i !== index));
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
    this.#set([]);
  }

  /** Where the switch of a single neuron is in the list, or -1. */
  indexOf(neuron: string): number {
    return this.all.findIndex((spec) => spec.neurons?.length === 1 && spec.neurons[0] === neuron);
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
