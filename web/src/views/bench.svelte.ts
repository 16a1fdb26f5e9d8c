/** What every view is given: the session, the state of each view, the theme, and the way to another view. */
import { Client } from "../api/client";
import type { TokenReading } from "../api/types";
import { Session } from "../state/session.svelte";
import { ThemeChoice } from "../state/theme.svelte";
import { specOf } from "../visual/text";
import { Comparison } from "./edits/comparison.svelte";
import { Detox } from "./edits/detox.svelte";
import { Exit } from "./generate/exit.svelte";
import { Generation, learnedRule } from "./generate/generate.svelte";
import { Lens } from "./lens/lens.svelte";
import { Card } from "./neurons/card.svelte";
import { CorpusEvents, PromptEvents } from "./neurons/events.svelte";
import { Neurons } from "./neurons/neurons.svelte";
import { Clusters } from "./search/clusters.svelte";
import { Search } from "./search/search.svelte";
import { Pull } from "./model/pull.svelte";

export class Bench {
  readonly session: Session;
  readonly lens: Lens;
  readonly generation: Generation;
  readonly pull: Pull;
  readonly comparison: Comparison;
  readonly neurons: Neurons;
  readonly card: Card;
  readonly search: Search;
  readonly clusters: Clusters;
  readonly exit: Exit;
  readonly promptEvents: PromptEvents;
  readonly corpusEvents: CorpusEvents;
  readonly detox: Detox;
  readonly theme = new ThemeChoice();

  constructor(token: string | undefined) {
    this.session = new Session(new Client("api/v1", token));
    this.lens = new Lens(this.session);
    this.generation = new Generation(this.session);
    this.pull = new Pull(this.session);
    this.comparison = new Comparison(this.session);
    this.neurons = new Neurons(this.session);
    this.card = new Card(this.session);
    this.search = new Search(this.session);
    this.clusters = new Clusters(this.session);
    this.exit = new Exit(this.session);
    this.promptEvents = new PromptEvents(this.session);
    this.corpusEvents = new CorpusEvents(this.session);
    this.detox = new Detox(this.session);
  }

  get busy(): boolean {
    return (
      this.lens.loading ||
      this.generation.running ||
      this.neurons.loading ||
      this.search.loading ||
      this.clusters.loading ||
      this.exit.loading ||
      this.promptEvents.loading ||
      this.corpusEvents.loading ||
      this.detox.loading
    );
  }

  /** Opens what an address names. */
  start(hash: string): void {
    this.#clear();
    void this.session.start(hash);
  }

  /** Opens another model; what was read of the one before leaves the page. */
  choose(model: string): void {
    this.#clear();
    void this.session.choose(model);
  }

  #clear(): void {
    this.cancel();
    this.lens.clear();
    this.generation.clear();
    this.generation.learned = undefined;
    this.comparison.clear();
    this.neurons.clear();
    this.card.clear();
    this.search.clear();
    this.clusters.clear();
    this.exit.clear();
    this.promptEvents.clear();
    this.corpusEvents.clear();
    this.detox.clear();
  }

  /** Shows the card of a neuron, such as L3N12. */
  openNeuron(name: string): void {
    this.session.page.neuron = name;
    this.session.page.part = "";
    this.go("neurons");
  }

  go(view: string): void {
    this.session.page.tab = view;
  }

  cancel(): void {
    this.lens.cancel();
    this.generation.cancel();
    this.neurons.cancel();
    this.search.cancel();
    this.clusters.cancel();
    this.exit.cancel();
    this.promptEvents.cancel();
    this.corpusEvents.cancel();
    this.detox.cancel();
  }

  /** Shows a hook point in the lens. */
  read(label: string): void {
    this.session.page.at = label;
    this.session.page.row = undefined;
    this.session.runs++;
    this.go("lens");
  }

  /** Shows in the lens how a generated token came about. */
  openInLens(index: number): void {
    const token = this.generation.tokens[index];
    this.session.draft = this.generation.textBefore(index);
    if (token !== undefined) this.session.page.target = specOf(token);
    this.session.page.rival = undefined;
    this.session.run();
    this.go("lens");
  }

  /** Puts the rule that was learned to use where the model writes on. */
  leaveByLearned(): void {
    const learned = this.exit.result?.learned;
    if (learned === undefined) return;
    this.generation.learned = learned;
    this.generation.leaveBy(learnedRule);
    this.session.page.part = "";
    void this.generation.go();
  }

  /** Writes on from another word in the place of a generated one. */
  instead(index: number, word: TokenReading): void {
    this.session.draft = this.generation.textBefore(index) + word.text;
    this.session.run();
    void this.generation.go();
  }
}
