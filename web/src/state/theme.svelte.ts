/** Light or dark: the system's choice until the person makes one. */
import type { Theme } from "../visual/scales";

const key = "lexiscope.theme";

function remembered(): Theme | undefined {
  try {
    const value = localStorage.getItem(key);
    return value === "light" || value === "dark" ? value : undefined;
  } catch {
    return undefined;
  }
}

export class ThemeChoice {
  #system = window.matchMedia("(prefers-color-scheme: dark)");
  #systemDark = $state(this.#system.matches);
  chosen: Theme | undefined = $state(remembered());

  constructor() {
    this.#system.addEventListener("change", (e) => (this.#systemDark = e.matches));
  }

  get current(): Theme {
    return this.chosen ?? (this.#systemDark ? "dark" : "light");
  }

  /** System → the opposite of the system → its explicit twin → system again. */
  next(): void {
    const opposite: Theme = this.#systemDark ? "light" : "dark";
    if (this.chosen === undefined) this.chosen = opposite;
    else if (this.chosen === opposite) this.chosen = this.#systemDark ? "dark" : "light";
    else this.chosen = undefined;
    try {
      if (this.chosen === undefined) localStorage.removeItem(key);
      else localStorage.setItem(key, this.chosen);
    } catch {
      // A browser that forbids storage forgets the choice at the next visit; nothing else depends on it.
    }
  }
}
