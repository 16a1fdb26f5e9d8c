/** Whether the server is there: asked for every few seconds, and at once when a question finds nobody. */
import type { Client } from "../api/client";

/** How often, milliseconds: while it answers, and while it does not. */
const usual = 5000;
const waiting = 1500;

/** Absent: nobody answers; stranger: one that does not know this page. */
export type Down = "absent" | "stranger";

export class Pulse {
  readonly #client: Pick<Client, "alive" | "lost">;
  readonly #back: () => void;
  down: Down | undefined = $state();
  /** When it was found gone, milliseconds since 1970. */
  since: number | undefined = $state.raw();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = true;

  /** Back is called when it answers again. */
  constructor(client: Pick<Client, "alive" | "lost">, back: () => void) {
    this.#client = client;
    this.#back = back;
  }

  /** Gives what ends it. */
  start(): () => void {
    this.#stopped = false;
    this.#client.lost = () => void this.beat();
    this.#next();
    return () => {
      this.#stopped = true;
      this.#client.lost = undefined;
      clearTimeout(this.#timer);
    };
  }

  async beat(): Promise<void> {
    clearTimeout(this.#timer);
    const found = await this.#client.alive();
    if (this.#stopped) return;
    const was = this.down;
    this.down = found === "there" ? undefined : found;
    if (this.down === undefined) this.since = undefined;
    else this.since ??= Date.now();
    this.#next();
    if (was !== undefined && this.down === undefined) this.#back();
  }

  #next(): void {
    clearTimeout(this.#timer);
    if (!this.#stopped)
      this.#timer = setTimeout(() => void this.beat(), this.down === undefined ? usual : waiting);
  }
}
