/** The way back from what removes something: offered once, until something else is removed or it is closed. */
export class Undo {
  /** What was removed, and how it comes back. */
  offered: { readonly what: string; readonly back: () => void } | undefined = $state.raw();

  offer(what: string, back: () => void): void {
    this.offered = { what, back };
  }

  take(): void {
    const { offered } = this;
    this.offered = undefined;
    offered?.back();
  }

  close(): void {
    this.offered = undefined;
  }
}
