/** Whether what an edit names is in a model: told before anything is asked, in the words of the server. */
import type { InfoResult, InterventionSpec } from "../api/types";

type Shape = Pick<InfoResult, "layers" | "heads" | "dMlp" | "catalogue">;

/** The place that is not in the model, in a sentence; nothing where all are. */
export function misplaced(spec: InterventionSpec, model: Shape): string | undefined {
  for (const name of [...(spec.neurons ?? []), ...(spec.heads ?? [])]) {
    const part = /^L(\d+)([NH])(\d+)$/.exec(name);
    if (part === null) continue;
    const problem =
      outside("a layer", Number(part[1]), model.layers) ??
      (part[2] === "N"
        ? outside("a neuron", Number(part[3]), model.dMlp)
        : outside("a head", Number(part[3]), model.heads));
    if (problem !== undefined) return `${name}: ${problem}`;
  }
  const at = /^blocks\.(\d+)\.(.+)$/.exec(spec.at ?? "");
  if (at === null) return undefined;
  const layer = outside("a layer", Number(at[1]), model.layers);
  if (layer !== undefined) return `${spec.at ?? ""}: ${layer}`;
  if (spec.neuron !== undefined) return outside("a neuron", spec.neuron, model.dMlp);
  return spec.head === undefined ? undefined : outside("a head", spec.head, model.heads);
}

function outside(what: string, number: number, count: number): string | undefined {
  return number < count ? undefined : `expected ${what} from 0 to ${count - 1}, got ${number}`;
}
