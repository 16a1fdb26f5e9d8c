/** What a view is made of. To add one: a folder that exports a `View`, and its line in `views/index.ts`. */
import type { Component } from "svelte";
import type { Asked } from "../api/client";
import type { JobView, Provenance } from "../api/types";
import type { About } from "../state/key";
import { Question, type Habits } from "../state/question.svelte";
import type { Session } from "../state/session.svelte";
import type { Scene } from "../visual/scene";
import type { Bench } from "./bench";

/** What a view asks the server for and holds; there is one of each class on the page. */
export abstract class State {
  protected readonly bench: Bench;
  protected readonly session: Session;
  readonly #questions: Question<Asked>[] = [];

  constructor(bench: Bench) {
    this.bench = bench;
    this.session = bench.session;
  }

  protected question<V extends Asked>(verb: V, habits?: Habits): Question<V> {
    const question = new Question(this.session.desk, verb, habits, this.session);
    this.#questions.push(question as unknown as Question<Asked>);
    return question;
  }

  /** A prompt ran, or the edits changed: asks for what has to be there whatever view is shown. */
  follow?(): void;

  /** What an address names is open. */
  opened?(): void;

  /** Another model is about to be opened: forgets the choices that would name something else in it. */
  renew?(): void;

  /** The history led to another place of the page. */
  restored?(): void;

  cancel(): void {
    for (const question of this.#questions) if (!(question.habits.aside ?? false)) question.cancel();
  }

  /** Forgets every answer. */
  clear(): void {
    for (const question of this.#questions) question.clear();
  }
}

export type StateClass<S extends State = State> = new (bench: Bench) => S;

/** A scene that leaves the page, with what it shows and where it comes from. */
export interface Sheet {
  readonly scene: Scene;
  readonly title: string;
  /** How the numbers came about, beside what the key says. */
  readonly origin?: string;
}

/** What can be saved of a view; a kind that is absent is not offered. Each file carries the key of the answer. */
export interface Files {
  /** What the answer is the answer to. */
  readonly about: About | undefined;
  readonly provenance?: Provenance | undefined;
  /** What is inside, for the file's name. */
  readonly subject: string;
  readonly json: () => unknown;
  /** The table that the server makes of the answer. */
  readonly csv?: () => Promise<Blob>;
  /** What is drawn, for SVG and PNG. */
  readonly picture?: () => Sheet;
}

/** A question that can show a job which stands on the server. */
export interface Standing {
  readonly verb: Asked;
  readonly loading: boolean;
  readonly result: unknown;
  follow: (job: JobView) => Promise<boolean>;
  /** The id of the job that it shows, under way or done. */
  readonly jobId: string | undefined;
  reopen: (id: string) => Promise<boolean>;
}

/** What Run begins: its button becomes Cancel while it is on its way. */
export interface Begun {
  readonly loading: boolean;
  cancel: () => void;
}

/** One page of a view; most have only one. */
export interface Part {
  /** Its name in the address; empty for the first. */
  readonly part: string;
  readonly label: string;
  readonly hint: string;
  readonly main: Component<{ bench: Bench }>;
  readonly side?: Component<{ bench: Bench }>;
  /** Whether the side stays above the card of a part; else the card stands in its place. */
  readonly beside?: boolean;
  /** The question whose long jobs it shows, however long ago they were asked for. */
  readonly shows?: (bench: Bench) => Standing;
  /** What running the prompt asks for here; all else on the page has buttons of its own. */
  readonly asks?: (bench: Bench) => readonly Begun[];
  /** What running the prompt does here beyond reading it with the lens. */
  readonly run?: (bench: Bench) => void;
  /** Its files, or nothing while there is nothing to save. */
  readonly files: (bench: Bench) => Files | undefined;
}

export interface View {
  readonly id: string;
  readonly label: string;
  readonly symbol: string;
  readonly hint: string;
  /** Whether a line sets it apart from the views before it. */
  readonly divider?: boolean;
  readonly parts: readonly [Part, ...Part[]];
  readonly states: readonly StateClass[];
  /** What a model must have for it: words it predicts, or also text it can continue; nothing when absent. */
  readonly needs?: "words" | "continuation";
  /** A number to show beside its name, 0 for none. */
  readonly count?: (bench: Bench) => number;
}

/** The page of a view that an address names; its first where it names none of its own. */
export function partOf(view: View, part: string): Part {
  return view.parts.find((p) => p.part === part) ?? view.parts[0];
}
