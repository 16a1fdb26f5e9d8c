/** Interventions as text: what is typed, what is shown, and the file they are saved in. */
import type { InterventionKind, InterventionSpec } from "../api/types";
import { visible } from "../visual/text";
import { partOfEdit } from "./parts";
import { placeIn, positionIn, stepsIn } from "./places";

export type { InterventionSpec };

/** The interventions file, version 1: what `--intervene` reads. */
export interface InterventionFile {
  readonly version: 1;
  readonly model?: string;
  readonly notes?: string;
  readonly interventions: InterventionSpec[];
}

export const example = {
  neuron: "L3N12 ×0",
  head: "L2H1 off",
  direction: "L3 +4 fire, burn − water",
} as const;

const syntax =
  "write a neuron (L3N12 ×0), a head (L2H1 off), or a direction from words (L3 +4 fire − water); × scales, = sets, + adds, off removes, @13 means position 13 only, @steps 2-5 these steps of a continuation only";

const lead = /^\s*(.+?)\s*(?:(off)\b|([×x*=]|\+|[-−])\s*([-−]?\d+(?:\.\d+)?))\s*(.*)$/iu;

/** One typed line as an intervention; throws with one sentence where it is none. */
export function parse(line: string): InterventionSpec {
  const [typed, limits] = limited(line);
  const match = lead.exec(typed);
  if (match === null) throw none(line);
  const [, written = "", off, sign = "", number = "", rest = ""] = match;
  const what = off !== undefined ? { kind: "ablate" as const } : dose(sign, number);
  const places = written.split(",").map((name) => placeIn(name));
  const names = places.map((place) => place?.name ?? "");
  if (places.every((place) => place?.kind === "neuron") && rest.trim() === "")
    return what.kind === "ablate"
      ? { kind: "set", value: 0, neurons: names, ...limits }
      : { ...what, neurons: names, ...limits };
  if (places.every((place) => place?.kind === "head") && rest.trim() === "") {
    if (what.kind === "ablate" || what.kind === "scale") return { ...what, heads: names, ...limits };
    throw new Error(
      `A head can be scaled (${names.join(", ")} ×0.5) or switched off (${names.join(", ")} off), not set to a number.`,
    );
  }
  const pair = /^\s*(\d{1,6})\.(\d{1,8})\s*$/.exec(written);
  if (pair !== null)
    throw new Error(
      `${written.trim()} may be the neuron L${pair[1]}N${pair[2]} or the head L${pair[1]}H${pair[2]}; write the one you mean.`,
    );
  const layer = /^L(\d+)$/i.exec(written)?.[1];
  if (layer !== undefined && what.kind === "add" && rest.trim() !== "") {
    const [plus = "", minus] = rest.split(/\s[-−]\s/u);
    return {
      ...what,
      at: `blocks.${layer}.hook_resid_post`,
      direction: { words: wordsOf(plus), ...(minus === undefined ? {} : { minus: wordsOf(minus) }) },
      ...limits,
    };
  }
  throw none(line);
}

function none(line: string): Error {
  return new Error(`Not an intervention: “${line.trim()}”; ${syntax}.`);
}

/** A line without what it is limited to, and that: positions, or steps of a continuation. */
function limited(line: string): [typed: string, limits: Pick<InterventionSpec, "positions" | "where">] {
  const at = /\s*@\s*([^@"]*)$/u.exec(line);
  if (at === null) return [line, {}];
  const typed = line.slice(0, at.index);
  const said = at[1] ?? "";
  const steps = stepsIn(said);
  if (steps !== undefined) {
    const { first, last } = steps;
    return [typed, { where: last === undefined ? { fromStep: first } : { fromStep: first, toStep: last } }];
  }
  const positions = said.split(",").map((position) => positionIn(position));
  if (positions.every((position) => position !== undefined)) return [typed, { positions }];
  throw new Error(
    `Not a place in the text: “@${said.trim()}”; write positions (@13, @-1) or steps of a continuation (@steps 2-5).`,
  );
}

function dose(sign: string, number: string): { kind: InterventionKind; value: number } {
  const value = numberOf(number);
  if (sign === "=") return { kind: "set", value };
  if (sign === "+") return { kind: "add", value };
  if (sign === "-" || sign === "−") return { kind: "add", value: -value };
  return { kind: "scale", value };
}

function numberOf(text: string): number {
  return Number(text.trim().replace("−", "-"));
}

/** Words with a blank before them, as in running text; quotes take a word exactly as written. */
export function wordsOf(text: string): string[] {
  return [...text.matchAll(/"([^"]+)"|([^\s,]+)/g)].map(([, exact, word]) =>
    exact !== undefined
      ? exact
      : (word ?? "").startsWith("␣")
        ? ` ${(word ?? "").slice(1)}`
        : ` ${word ?? ""}`,
  );
}

/** What it acts on, in a few characters. */
export function placeOf(spec: InterventionSpec): string {
  const part = partOfEdit(spec);
  if (part !== undefined) return part.name;
  const list = spec.neurons ?? spec.heads;
  const kind = spec.neurons === undefined ? "heads" : "neurons";
  if (list !== undefined) return list.length <= 2 ? list.join(", ") : `${list.length} ${kind}`;
  const layer = /^blocks\.(\d+)\.(.*)$/.exec(spec.at ?? "");
  const point = (layer?.[2] ?? spec.at ?? "").replace(/hook_/, "").replace(/^attn\./, "");
  return layer === null ? point : `L${layer[1]} ${point}`;
}

/** What it does there: × 0, = 4, + 2 · ␣fire − ␣water. */
export function doseOf(spec: InterventionSpec): string {
  const value = String(Number((spec.value ?? 0).toPrecision(4))).replace("-", "−");
  const along =
    spec.direction === undefined
      ? ""
      : ` · ${(spec.direction.words ?? ["vector"]).map(visible).join(" ")}${spec.direction.minus === undefined ? "" : ` − ${spec.direction.minus.map(visible).join(" ")}`}`;
  if (spec.kind === "ablate") return "off";
  if (spec.kind === "scale") return `× ${value}${along}`;
  if (spec.kind === "set") return `= ${value}${along}`;
  return `${(spec.value ?? 0) < 0 ? "" : "+ "}${value}${along}`;
}

/** Where it is limited to, or nothing. */
export function limitsOf(spec: InterventionSpec): string {
  const parts: string[] = [];
  if (spec.positions !== undefined && partOfEdit(spec)?.kind !== "position")
    parts.push(`position${spec.positions.length > 1 ? "s" : ""} ${spec.positions.join(", ")}`);
  const { where } = spec;
  if (where?.part !== undefined) parts.push(where.part === "prompt" ? "prompt only" : "generated only");
  if (where?.from !== undefined && where.from === where.to) parts.push(`position ${where.from}`);
  else if (where?.from !== undefined || where?.to !== undefined)
    parts.push(`positions ${where.from ?? 0}–${where.to ?? "end"}`);
  if (where?.steps !== undefined) parts.push(`steps ${where.steps.join(", ")}`);
  if (where?.fromStep !== undefined || where?.toStep !== undefined)
    parts.push(`steps ${where.fromStep ?? 0}–${where.toStep ?? "end"}`);
  return parts.join(" · ");
}

/**
 * An edit as requests carry it: positions from the start as ranges, which may lie beyond the prompt, where only what is
 * generated comes; a list of positions must lie inside.
 */
export function spread(spec: InterventionSpec): InterventionSpec[] {
  const { positions, ...rest } = spec;
  const { where } = spec;
  if (positions === undefined || positions.some((p) => p < 0)) return [spec];
  if (where?.from !== undefined || where?.to !== undefined) return [spec];
  const runs: [number, number][] = [];
  for (const position of [...new Set(positions)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === position - 1) last[1] = position;
    else runs.push([position, position]);
  }
  return runs.map(([from, to]) => ({ ...rest, where: { ...where, from, to } }));
}

/** What an edit does, without what people write beside it. */
export function deedOf(spec: InterventionSpec | undefined): string {
  const beside = new Set(["name", "notes", "on"]);
  return spec === undefined
    ? ""
    : JSON.stringify(spec, (name, value: unknown) => (beside.has(name) ? undefined : value));
}

export function titleOf(spec: InterventionSpec): string {
  return spec.name ?? `${placeOf(spec)} ${doseOf(spec)}`;
}

const kinds: ReadonlySet<string> = new Set<InterventionKind>(["set", "add", "scale", "ablate", "mean"]);

/** Reads an interventions file, or a bare list of interventions. */
export function readFile(text: string): InterventionFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Error("Not an interventions file: expected JSON; save one here first to see its form.");
  }
  const file = content as Partial<InterventionFile> | InterventionSpec[] | null;
  const list = Array.isArray(file) ? file : file?.interventions;
  if (!Array.isArray(list) || !list.every(isSpec))
    throw new Error(
      "Not an interventions file: expected {version: 1, interventions: [{kind, …}]}; each kind is set, add, scale, ablate or mean.",
    );
  if (!Array.isArray(file) && file?.version !== 1)
    throw new Error(
      `Interventions file: expected version 1, got ${String(file?.version)}; it is of another release.`,
    );
  return { version: 1, interventions: list };
}

export function isSpec(value: unknown): value is InterventionSpec {
  return (
    typeof value === "object" &&
    value !== null &&
    kinds.has(String((value as Partial<InterventionSpec>).kind))
  );
}
