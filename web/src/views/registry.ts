/**
 * The views there are. To add one: a folder with its component (and an inspector, and files to export where it has
 * some), a line here, and a state class in `bench.svelte.ts` where it asks the server for something of its own.
 */
import type { Component } from "svelte";
import type { Cell } from "../visual/export";
import type { Bench } from "./bench.svelte";
import { editsView } from "./edits";
import { generateView } from "./generate";
import { lensView } from "./lens";
import { modelView } from "./model";
import { neuronsView } from "./neurons";
import { searchView } from "./search";

/** What can be saved of a view; a kind that is absent is not offered. */
export interface Files {
  /** What is inside, for the file's name. */
  readonly subject: string;
  readonly json: () => unknown;
  readonly csv?: () => readonly (readonly Cell[])[];
  readonly svg?: () => string;
}

/** One page of a view; most have only one. */
export interface Part {
  /** Its name in the address; empty for the first. */
  readonly part: string;
  readonly label: string;
  readonly hint: string;
  readonly main: Component<{ bench: Bench }>;
  readonly side?: Component<{ bench: Bench }>;
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
  /** What a model must have for it: words it predicts, or also text it can continue; nothing when absent. */
  readonly needs?: "words" | "continuation";
  /** A number to show beside its name, 0 for none. */
  readonly count?: (bench: Bench) => number;
  /** What running the prompt does beyond reading it with the lens. */
  readonly run?: (bench: Bench) => void;
}

export const views: readonly View[] = [lensView, neuronsView, searchView, editsView, generateView, modelView];

/** The page of a view that an address names; its first where it names none of its own. */
export function partOf(view: View, part: string): Part {
  return view.parts.find((p) => p.part === part) ?? view.parts[0];
}
