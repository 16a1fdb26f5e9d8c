import { isSpec, type InterventionSpec } from "./interventions";

/**
 * The whole state of the page as a link: `#/lens?model=…&prompt=…`. Only what differs from the usual is written. What
 * all views share is named here; everything else is a setting, named by the view that reads it.
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
  /** Row of the pinned cell: `embed`, or a layer. The topmost when absent. */
  row: string | undefined;
  /** Pinned position; the last when absent. */
  position: number | undefined;
  /** What views have been set to, by the names they have in the link, such as `colour`, `g.n` or `s.detox.count`. */
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
  row: undefined,
  position: undefined,
  settings: {},
  edits: [],
};

const texts = ["part", "model", "prompt", "target", "rival", "row"] as const;
const shared: ReadonlySet<string> = new Set([...texts, "position", "edits"]);

/** What links called otherwise before there was one card for all parts. */
const renamed: Readonly<Record<string, string>> = { neuron: "card", "h.head": "card" };

export function toHash(state: PageState): string {
  const query = new URLSearchParams();
  for (const name of texts) {
    const value = state[name];
    if (value !== undefined && value !== defaults[name]) query.set(name, value);
  }
  if (state.position !== undefined) query.set("position", String(state.position));
  for (const [name, value] of Object.entries(state.settings)) query.set(name, value);
  if (state.edits.length > 0) query.set("edits", JSON.stringify(state.edits));
  const text = query.toString();
  return `#/${state.tab}${text === "" ? "" : `?${text}`}`;
}

/** Reads a hash, with or without a view (`#model=…` is what the command line prints); what is absent or malformed keeps its default. */
export function fromHash(hash: string): PageState {
  const match = /^#(?:\/([a-z]+)\??)?((?:[a-z.]+=.*)?)$/is.exec(hash);
  const state: PageState = { ...defaults, settings: {}, edits: [] };
  if (match === null) return state;
  state.tab = match[1] ?? defaults.tab;
  const query = new URLSearchParams(match[2] ?? "");
  for (const name of texts) {
    const value = query.get(name);
    if (value !== null) state[name] = value;
  }
  const position = query.get("position");
  if (position !== null && /^-?\d{1,6}$/.test(position)) state.position = Number(position);
  for (const [name, value] of query)
    if (!shared.has(name)) state.settings[(value === "" ? undefined : renamed[name]) ?? name] = value;
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
