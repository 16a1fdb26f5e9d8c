/** Choices as typed, by name. They stand in the address; what is as usual does not. */
import type { Session } from "./session.svelte";

export class Settings<N extends string> {
  readonly #session: Session;
  readonly #prefix: string;
  readonly #usual: Readonly<Partial<Record<N, string>>> | undefined;

  /** The prefix sets its names apart from those of others in the address, such as `s.detox.` */
  constructor(session: Session, prefix: string, usual?: Readonly<Partial<Record<N, string>>>) {
    this.#session = session;
    this.#prefix = prefix;
    this.#usual = usual;
  }

  /** What is set, else the usual; an empty text leaves the choice to the server. */
  text(name: N): string {
    return this.#session.page.settings[this.#prefix + name] ?? this.#usual?.[name] ?? "";
  }

  number(name: N): number | undefined {
    const text = this.text(name).trim();
    return text === "" || Number.isNaN(Number(text)) ? undefined : Number(text);
  }

  /** What stands between commas or blanks. */
  list(name: N): string[] | undefined {
    const list = this.text(name)
      .split(/[\s,]+/)
      .filter((part) => part !== "");
    return list.length === 0 ? undefined : list;
  }

  set(name: N, value: string): void {
    const key = this.#prefix + name;
    const others = Object.entries(this.#session.page.settings).filter(([n]) => n !== key);
    const usual = this.#usual?.[name] ?? "";
    this.#session.page.settings = Object.fromEntries(value === usual ? others : [...others, [key, value]]);
  }
}
