/**
 * Places of a model as people write them: what `Place`, `Position` and `StepRange` read in the library, without hook
 * points. Both are held against one table of spellings.
 */

export type PlaceKind = "neuron" | "head" | "direction of a head" | "expert" | "neuron of an expert" | "bias";

export interface Place {
  readonly kind: PlaceKind;
  /** The one way in which it is shown, such as L3N12. */
  readonly name: string;
}

const layer = String.raw`(\d{1,6})`;
const index = String.raw`(\d{1,8})`;

/** A form that says of what kind it is, and what its numbers name; nothing where they name none. */
type Form = readonly [
  pattern: RegExp,
  kind: PlaceKind,
  name: (...found: readonly string[]) => string | undefined,
];

const form = (pattern: string, kind: PlaceKind, name: Form[2]): Form => [
  new RegExp(`^${pattern}$`, "iu"),
  kind,
  name,
];
const n = Number;

const forms: readonly Form[] = [
  form(`L${layer}[ND]${index}`, "neuron", (l = "", i = "") => `L${n(l)}N${n(i)}`),
  form(String.raw`neuron\s+${layer}\.${index}`, "neuron", (l = "", i = "") => `L${n(l)}N${n(i)}`),
  // Geva et al. count layers and value vectors from 1.
  form(String.raw`v\^?${layer}_${index}`, "neuron", (l = "", i = "") =>
    n(l) > 0 && n(i) > 0 ? `L${n(l) - 1}N${n(i) - 1}` : undefined,
  ),
  form(`L${layer}H${index}`, "head", (l = "", h = "") => `L${n(l)}H${n(h)}`),
  form(String.raw`(?:head\s+|a)${layer}\.${index}`, "head", (l = "", h = "") => `L${n(l)}H${n(h)}`),
  form(
    `L${layer}H${index}D${index}`,
    "direction of a head",
    (l = "", h = "", d = "") => `L${n(l)}H${n(h)}D${n(d)}`,
  ),
  form(`L${layer}E${index}`, "expert", (l = "", e = "") => `L${n(l)}E${n(e)}`),
  form(String.raw`expert\s+${layer}\.${index}`, "expert", (l = "", e = "") => `L${n(l)}E${n(e)}`),
  form(
    `L${layer}E${index}[ND]${index}`,
    "neuron of an expert",
    (l = "", e = "", i = "") => `L${n(l)}E${n(e)}N${n(i)}`,
  ),
  form(
    String.raw`L${layer}\.b_(mlp|attn)`,
    "bias",
    (l = "", part = "") => `L${n(l)}.b_${part.toLowerCase()}`,
  ),
];

/** The place that a text names by itself; nothing for other texts, a pair of numbers such as 3.12 among them. */
export function placeIn(text: string): Place | undefined {
  const written = text.trim();
  for (const [pattern, kind, name] of forms) {
    const found = pattern.exec(written);
    const said = found === null ? undefined : name(...found.slice(1));
    if (said !== undefined) return { kind, name: said };
  }
  return undefined;
}

/** A position, counted from 0 or from −1 on backwards from the end; nothing where the text is none. */
export function positionIn(text: string): number | undefined {
  const written = text.trim().replace("−", "-");
  return /^-?\d{1,9}$/.test(written) ? Number(written) : undefined;
}

/** Steps of a generation, such as “step 3”, “steps 2-5” or “steps 2-”; nothing where the text names none. */
export interface Steps {
  readonly first: number;
  /** Inclusive; absent where there is no last. */
  readonly last?: number;
}

export function stepsIn(text: string): Steps | undefined {
  const found = /^steps?\s*(\d{1,9})(?:\s*([-–])\s*(\d{1,9})?)?$/iu.exec(text.trim());
  if (found === null) return undefined;
  const first = Number(found[1]);
  if (found[2] === undefined) return { first, last: first };
  if (found[3] === undefined) return { first };
  const last = Number(found[3]);
  return last < first ? undefined : { first, last };
}
