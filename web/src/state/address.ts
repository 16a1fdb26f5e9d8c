import { isSpec, type InterventionSpec } from "./interventions";

/**
 * The whole state of the page as a link: `#/lens?model=…&prompt=…`. Only what differs from the default is written.
 */
export interface PageState {
  tab: string;
  /** Which page of the tab; its first where it has none of this name. */
  part: string;
  model: string | undefined;
  prompt: string | undefined;
  /** A token's text, white space included; the empty string means: none wanted. */
  target: string | undefined;
  rival: string | undefined;
  at: string;
  head: number | undefined;
  colour: string;
  convention: string;
  /** The neuron whose card is open, such as L3N12. */
  neuron: string | undefined;
  /** What is searched for, and the filters beside it. */
  query: string | undefined;
  kind: string;
  sign: string;
  layers: string;
  /** By what the neurons of a layer are ordered. */
  order: string;
  /** The lens by which neurons are scored. */
  scores: string;
  /** Row of the pinned cell: `embed`, or a layer. The topmost when absent. */
  row: string | undefined;
  /** Pinned position; the last when absent. */
  position: number | undefined;
  /** Sampling settings of the Generate tab, by name. */
  generate: Record<string, string>;
  /** Settings of the experiments, by name, such as `detox.coefficient`. */
  settings: Record<string, string>;
  /** What is changed in the model, in order. */
  edits: InterventionSpec[];
}

export const defaults: PageState = {
  tab: "lens",
  part: "",
  model: undefined,
  prompt: undefined,
  target: undefined,
  rival: undefined,
  at: "resid_post",
  head: undefined,
  colour: "probability",
  convention: "finalNorm",
  neuron: undefined,
  query: undefined,
  kind: "",
  sign: "",
  layers: "",
  order: "dominance",
  scores: "frozenScale",
  row: undefined,
  position: undefined,
  generate: {},
  settings: {},
  edits: [],
};

const texts = [
  "part",
  "model",
  "prompt",
  "target",
  "rival",
  "at",
  "colour",
  "convention",
  "neuron",
  "query",
  "kind",
  "sign",
  "layers",
  "order",
  "scores",
  "row",
] as const;
const numbers = ["head", "position"] as const;

export function toHash(state: PageState): string {
  const query = new URLSearchParams();
  for (const name of texts) {
    const value = state[name];
    if (value !== undefined && value !== defaults[name]) query.set(name, value);
  }
  for (const name of numbers) {
    const value = state[name];
    if (value !== undefined) query.set(name, String(value));
  }
  for (const [name, value] of Object.entries(state.generate)) query.set(`g.${name}`, value);
  for (const [name, value] of Object.entries(state.settings)) query.set(`s.${name}`, value);
  if (state.edits.length > 0) query.set("edits", JSON.stringify(state.edits));
  const text = query.toString();
  return `#/${state.tab}${text === "" ? "" : `?${text}`}`;
}

/** Reads a hash, with or without a view (`#model=…` is what the command line prints); what is absent, malformed or unknown keeps its default. */
export function fromHash(hash: string): PageState {
  const match = /^#(?:\/([a-z]+)\??)?((?:[a-z.]+=.*)?)$/is.exec(hash);
  const state: PageState = { ...defaults, generate: {}, settings: {}, edits: [] };
  if (match === null) return state;
  state.tab = match[1] ?? defaults.tab;
  const query = new URLSearchParams(match[2] ?? "");
  for (const name of texts) {
    const value = query.get(name);
    if (value !== null) state[name] = value;
  }
  for (const name of numbers) {
    const value = query.get(name);
    if (value !== null && /^-?\d{1,6}$/.test(value)) state[name] = Number(value);
  }
  for (const [name, value] of query) if (name.startsWith("g.")) state.generate[name.slice(2)] = value;
  for (const [name, value] of query) if (name.startsWith("s.")) state.settings[name.slice(2)] = value;
  state.edits = editsOf(query.get("edits"));
  return state;
}

function editsOf(text: string | null): InterventionSpec[] {
  try {
    const list: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(list) ? list.filter(isSpec) : [];
  } catch {
    return [];
  }
}
