/**
 * What an answer is the answer to: the model, the prompt, the edits in force, the word that is followed. Parts of a view
 * whose answer has another key than the page are marked as older, and whatever leaves the page carries the key of its answer.
 */
import type { Asked } from "../api/client";
import type { InterventionSpec, Provenance } from "../api/types";
import { shortName, visible } from "../visual/text";
import { deedOf, doseOf, limitsOf, placeOf } from "./interventions";

export interface Key {
  readonly model: string;
  readonly prompt: string;
  readonly edits: readonly InterventionSpec[];
  /** As it was chosen; empty where the model's own answer is followed. */
  readonly target: string;
  readonly rival: string;
}

export type Part = keyof Key;

/** The parts of a key that an answer depends on; absent parts change nothing in it. */
export type About = Partial<Key>;

const all: readonly Part[] = ["model", "prompt", "edits", "target", "rival"];

/** What answers of a verb depend on; on everything where nothing is said. */
const minds: Partial<Record<Asked, readonly Part[]>> = {
  generate: ["model", "prompt", "edits"],
  neuron: ["model", "prompt", "edits"],
  events: ["model", "edits"],
  detox: ["model"],
  exit: ["model", "edits"],
  clusters: ["model"],
  search: ["model"],
  info: ["model"],
  parity: ["model"],
  tokenize: ["model", "prompt"],
};

export function aboutOf(verb: Asked, key: Key): About {
  return Object.fromEntries((minds[verb] ?? all).map((part) => [part, key[part]]));
}

/** The key of a question that stands on the server, as far as its request says. */
export function aboutJob(verb: Asked, request: unknown, usual: string): About {
  const asked = request as { model?: string; text?: string; interventions?: InterventionSpec[] };
  return aboutOf(verb, {
    model: asked.model ?? usual,
    prompt: asked.text ?? "",
    edits: asked.interventions ?? [],
    target: "",
    rival: "",
  });
}

function plain(about: About): Record<string, unknown> {
  return {
    ...about,
    ...(about.edits === undefined
      ? {}
      : { edits: about.edits.map((spec) => JSON.parse(deedOf(spec)) as unknown) }),
  };
}

/** The parts in which an answer is not what the page asks for now. */
export function differing(about: About | undefined, now: Key): readonly Part[] {
  if (about === undefined) return [];
  const [then, here] = [plain(about), plain(now)];
  return all.filter((part) => part in about && JSON.stringify(then[part]) !== JSON.stringify(here[part]));
}

/** A key in eight letters, for file names: FNV-1a, 32 bits. */
export function markOf(about: About): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(JSON.stringify(plain(about))))
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}

function editText(spec: InterventionSpec): string {
  const limits = limitsOf(spec);
  return `${placeOf(spec)} ${doseOf(spec)}${limits === "" ? "" : ` (${limits})`}`;
}

/** The edits of a key in words. */
export function editsText(edits: readonly InterventionSpec[]): string {
  return edits.length === 0 ? "no edits" : edits.map(editText).join("; ");
}

/** A key as one line. */
export function lineOf(about: About): string {
  const { model, prompt, edits, target, rival } = about;
  return [
    ...(model === undefined ? [] : [shortName(model)]),
    ...(prompt === undefined ? [] : [`“${prompt}”`]),
    ...(edits === undefined ? [] : [editsText(edits)]),
    ...(target === undefined ? [] : [target === "" ? "target: the answer" : `target ${visible(target)}`]),
    ...(rival === undefined || rival === "" ? [] : [`against ${visible(rival)}`]),
    `key ${markOf(about)}`,
  ].join(" · ");
}

/** Where numbers come from, as one line. */
export function originOf({ weightHash, dtype, codeVersion }: Provenance): string {
  return `weights ${weightHash.slice(0, 12)} · ${dtype} · Lexiscope ${codeVersion}`;
}

/** A key as it stands in JSON. */
export function stampOf(about: About): Record<string, unknown> {
  return { key: markOf(about), ...plain(about) };
}
