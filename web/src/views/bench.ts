/** What every view is given: the session, the state of each view, the theme, and the way to another view. */
import type { Desk } from "../state/desk";
import { Session } from "../state/session.svelte";
import { ThemeChoice } from "../state/theme.svelte";
import { Chosen } from "./parts/chosen.svelte";
import type { State, StateClass, View } from "./view";

export class Bench {
  readonly session: Session;
  readonly theme = new ThemeChoice();
  readonly views: readonly View[];
  readonly #states = new Map<StateClass, State>();

  constructor(desk: Desk, views: readonly View[]) {
    this.session = new Session(desk);
    this.views = views;
    this.#states.set(Chosen, new Chosen(this));
    for (const { states } of views) for (const state of states) this.#states.set(state, new state(this));
  }

  /** The state of this class; a view lists it. */
  use<S extends State>(state: StateClass<S>): S {
    const found = this.#states.get(state);
    if (found === undefined)
      throw new Error(`bench: expected ${state.name} among the states of a view, got none`);
    return found as S;
  }

  get busy(): boolean {
    return this.#all.some((state) => state.busy);
  }

  get #all(): readonly State[] {
    return [...this.#states.values()];
  }

  /** Opens what an address names. */
  start(hash: string): void {
    this.#clear();
    void this.session.start(hash).then(() => {
      for (const state of this.#all) state.opened?.();
    });
  }

  /** Opens another model; what was read of the one before leaves the page. */
  choose(model: string): Promise<void> {
    this.#clear();
    for (const state of this.#all) state.renew?.();
    return this.session.choose(model);
  }

  #clear(): void {
    for (const state of this.#all) state.clear();
  }

  /** Asks for what has to be there whatever view is shown. */
  follow(): void {
    for (const state of this.#all) state.follow?.();
    this.session.cutUp();
  }

  go(view: string, part = this.session.page.part): void {
    this.session.page.tab = view;
    this.session.page.part = part;
  }

  cancel(): void {
    for (const state of this.#all) state.cancel();
  }
}
