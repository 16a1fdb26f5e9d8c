/** What is kept of each model while another is open, over a reload of the page too. */
import { isSpec, type InterventionSpec } from "./interventions";

const name = "lexiscope.edits";

/** Where texts are kept: the session of the browser's tab. */
export type Drawer = Pick<Storage, "getItem" | "setItem">;

export class KeptEdits {
  readonly #drawer: Drawer | undefined;
  readonly #all: Map<string, readonly InterventionSpec[]>;

  constructor(drawer: Drawer | undefined = usual()) {
    this.#drawer = drawer;
    this.#all = new Map(Object.entries(read(drawer?.getItem(name) ?? null)));
  }

  of(model: string): readonly InterventionSpec[] | undefined {
    return this.#all.get(model);
  }

  keep(model: string, edits: readonly InterventionSpec[]): void {
    this.#all.set(model, edits);
    try {
      this.#drawer?.setItem(name, JSON.stringify(Object.fromEntries(this.#all)));
    } catch {
      // Where the browser has no room they last as long as the page.
    }
  }
}

/** Absent where the browser refuses to keep anything, as private windows may. */
function usual(): Drawer | undefined {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}

function read(text: string | null): Record<string, readonly InterventionSpec[]> {
  try {
    const found: unknown = JSON.parse(text ?? "{}");
    if (typeof found !== "object" || found === null) return {};
    return Object.fromEntries(
      Object.entries(found).filter(
        (entry): entry is [string, InterventionSpec[]] => Array.isArray(entry[1]) && entry[1].every(isSpec),
      ),
    );
  } catch {
    return {};
  }
}
