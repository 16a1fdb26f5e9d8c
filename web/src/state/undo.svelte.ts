/** The way back from what removes something: the newest is offered, then those before it, until it is closed. */
interface Removal {
  /** What was removed. */
  readonly what: string;
  /** How it comes back. */
  readonly back: () => void;
}

/** As many as are remembered. */
const most = 50;

export class Undo {
  #removed: readonly Removal[] = $state.raw([]);

  get offered(): Removal | undefined {
    return this.#removed.at(-1);
  }

  offer(what: string, back: () => void): void {
    this.#removed = [...this.#removed, { what, back }].slice(-most);
  }

  take(): void {
    const { offered } = this;
    this.#removed = this.#removed.slice(0, -1);
    offered?.back();
  }

  close(): void {
    this.#removed = [];
  }
}
