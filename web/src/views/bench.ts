/** What every view is given: the session, the state of each view, the theme, and the way to another view. */
import type { Desk } from "../state/desk";
import { Session } from "../state/session.svelte";
import { ThemeChoice } from "../state/theme.svelte";
import { Chosen } from "./parts/chosen.svelte";
import { partOf, type Part, type State, type StateClass, type View } from "./view";

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

  /** Goes to an entry of the history, one of the page's own or one that a person typed. */
  async restore(hash: string, own: boolean): Promise<void> {
    if (this.session.restore(hash, own)) {
      this.#clear();
      await this.session.reopen();
    }
    for (const state of this.#all) state.restored?.();
  }

  get #part(): Part | undefined {
    const { tab, part } = this.session.page;
    const view = this.views.find((v) => v.id === tab) ?? this.views[0];
    return view === undefined ? undefined : partOf(view, part);
  }

  /** Runs the prompt: it is read, and the view that is shown does what it does beyond that. */
  run(): void {
    this.session.run();
    this.#part?.run?.(this);
  }

  /** Whether what Run began in the view that is shown is on its way. */
  get busy(): boolean {
    return this.#part?.asks?.(this).some((asked) => asked.loading) ?? false;
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

  /** Gives up what Run began in the view that is shown, and nothing else. */
  cancel(): void {
    for (const asked of this.#part?.asks?.(this) ?? []) if (asked.loading) asked.cancel();
  }
}
