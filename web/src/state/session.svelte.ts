/** The page's state and the few things that change it. Views read it and call its methods; nothing else holds state. */
import { Client, given, problemOf, ProblemError } from "../api/client";
import type {
  InfoResult,
  ModelEntry,
  ModelExample,
  ModelsResult,
  ParityRequest,
  ParityResult,
  TokenView,
} from "../api/types";
import { fromHash, toHash, type PageState } from "./address";
import { Edits } from "./edits.svelte";
import { fallbackExamples } from "./examples";
import { valueOf, type Load } from "./load";
import { promptOf } from "./prompt";

export class Session {
  readonly client: Client;
  readonly edits: Edits = new Edits(this);
  page: PageState = $state(fromHash(""));
  /** The prompt as typed; `page.prompt` is the one that ran. */
  draft = $state("");
  models: Load<ModelsResult> = $state.raw({ state: "idle" });
  info: Load<InfoResult> = $state.raw({ state: "idle" });
  /** How far the numbers are from the reference numbers beside the weights, where there are some. */
  parity: Load<ParityResult> = $state.raw({ state: "idle" });
  /** How far the numbers are from each other. */
  checks: Load<ParityResult> = $state.raw({ state: "idle" });
  /** Tokens of the draft while it differs from the prompt that ran. */
  draftTokens: readonly TokenView[] = $state.raw([]);
  /** Tokens of the prompt that ran, for a model whose lens has none to show. */
  ranTokens: readonly TokenView[] = $state.raw([]);
  /** Counts the runs asked for: views take their results anew when it changes. */
  runs = $state(0);

  #opening: AbortController | undefined;
  #tokenizing: AbortController | undefined;

  constructor(client: Client) {
    this.client = client;
  }

  get modelName(): string | undefined {
    const found = valueOf(this.models);
    return this.page.model ?? found?.defaultModel ?? found?.models.find((m) => m.problem === undefined)?.name;
  }

  /** The models to choose from; the open one is among them even when the server does not list it. */
  get choices(): readonly ModelEntry[] {
    const listed = valueOf(this.models)?.models ?? [];
    const name = this.modelName;
    if (name === undefined || listed.some((m) => m.name === name)) return listed;
    return [{ name, path: name, source: "local" }, ...listed];
  }

  get entry(): ModelEntry | undefined {
    return this.choices.find((m) => m.name === this.modelName);
  }

  get examples(): readonly ModelExample[] {
    const own = this.entry?.examples ?? [];
    return own.length > 0 ? own : fallbackExamples(this.modelName);
  }

  /** Whether the typed prompt is not the one whose results are shown. */
  get stale(): boolean {
    return this.page.prompt !== undefined && this.draft !== this.page.prompt;
  }

  /** Opens what the address names. */
  async start(hash: string): Promise<void> {
    this.page = fromHash(hash);
    this.draft = this.page.prompt ?? "";
    this.models = { state: "loading" };
    try {
      await this.list();
    } catch (error) {
      this.models = { state: "failed", problem: problemOf(error) ?? new ProblemError("Cancelled", "") };
      return;
    }
    await this.#open(this.page.prompt === undefined);
  }

  /** Lists the models anew. */
  async list(): Promise<void> {
    this.models = { state: "done", value: await this.client.call("models", {}) };
  }

  async choose(model: string): Promise<void> {
    const known = this.examples.some((e) => e.text === this.draft) || this.draft === "";
    this.page.model = model === valueOf(this.models)?.defaultModel ? undefined : model;
    this.page.head = undefined;
    this.page.at = "resid_post";
    // Neurons and heads are numbered anew in another model.
    this.page.edits = [];
    this.page.neuron = undefined;
    this.#unpin();
    this.page.target = undefined;
    this.page.rival = undefined;
    await this.#open(known);
  }

  async #open(withExample: boolean): Promise<void> {
    this.#opening?.abort();
    const opening = (this.#opening = new AbortController());
    this.info = { state: "loading" };
    this.parity = { state: "idle" };
    this.checks = { state: "idle" };
    if (withExample) this.#take(this.examples[0], { ...this.page });
    try {
      const info = await this.client.call("info", this.#choice(), opening.signal);
      this.info = { state: "done", value: info };
      if (this.page.prompt !== undefined && this.page.prompt !== "") this.runs++;
      void this.#compare(info, opening.signal);
      void this.#check(opening.signal);
    } catch (error) {
      const problem = problemOf(error);
      if (problem !== undefined) this.info = { state: "failed", problem };
    }
  }

  /** Compares with the reference numbers beside the weights, where there are some. */
  async #compare(info: InfoResult, signal: AbortSignal): Promise<void> {
    if (info.golden === undefined) return;
    const request = { ...this.#choice(), golden: info.golden };
    await this.#measure(request, signal, (parity) => (this.parity = parity));
  }

  /** Checks the model against itself, in the background; the server remembers what came of it. */
  async #check(signal: AbortSignal): Promise<void> {
    await this.#measure(this.#choice(), signal, (checks) => (this.checks = checks));
  }

  async #measure(
    request: ParityRequest,
    signal: AbortSignal,
    say: (load: Load<ParityResult>) => void,
  ): Promise<void> {
    say({ state: "loading" });
    try {
      say({ state: "done", value: await this.client.job("parity", request, {}, signal) });
    } catch (error) {
      const problem = problemOf(error);
      if (problem !== undefined) say({ state: "failed", problem });
    }
  }

  #choice(): { model?: string } {
    return given<{ model?: string }>({ model: this.modelName });
  }

  #take(example: ModelExample | undefined, wanted: Partial<PageState> = {}): void {
    if (example === undefined) return;
    this.draft = example.text;
    this.page.prompt = example.text;
    this.page.target = wanted.target ?? example.target;
    this.page.rival = wanted.rival ?? example.against;
  }

  show(example: ModelExample): void {
    this.#take(example);
    this.#unpin();
    this.runs++;
  }

  run(): void {
    if (this.draft === "") return;
    if (this.draft !== this.page.prompt) this.#unpin();
    this.page.prompt = this.draft;
    this.draftTokens = [];
    this.runs++;
  }

  type(text: string): void {
    this.draft = text;
    void this.#tokenize(text);
  }

  /** Cuts the prompt up for models without words of their own: their lens never answers with tokens. */
  async cutUp(): Promise<void> {
    const info = valueOf(this.info);
    const { prompt } = this.page;
    this.ranTokens = [];
    if (info === undefined || info.languageHead || prompt === undefined || prompt === "") return;
    try {
      const found = await this.client.call("tokenize", { ...this.#choice(), ...promptOf(prompt) });
      if (this.page.prompt === prompt) this.ranTokens = found.tokens;
    } catch {
      // The ribbon stays empty; the view says what such a model can be asked.
    }
  }

  async #tokenize(text: string): Promise<void> {
    this.#tokenizing?.abort();
    const tokenizing = (this.#tokenizing = new AbortController());
    if (text === "" || text === this.page.prompt) {
      this.draftTokens = [];
      return;
    }
    await new Promise((done) => setTimeout(done, 120));
    if (tokenizing.signal.aborted) return;
    try {
      const found = await this.client.call(
        "tokenize",
        { ...this.#choice(), ...promptOf(text) },
        tokenizing.signal,
      );
      this.draftTokens = found.tokens;
    } catch {
      // Tokens while typing are a courtesy; running the prompt says what is wrong with it.
      this.draftTokens = [];
    }
  }

  async complete(prefix: string): Promise<readonly TokenView[]> {
    return (await this.client.call("complete", { ...this.#choice(), prefix, limit: 12 })).completions;
  }

  aim(target: string | undefined): void {
    this.page.target = target;
    if (target !== undefined && target === this.page.rival) this.page.rival = undefined;
    this.runs++;
  }

  compare(rival: string | undefined): void {
    this.page.rival = rival;
    this.runs++;
  }

  pin(row: string, position: number): void {
    this.page.row = row;
    this.page.position = position;
  }

  #unpin(): void {
    this.page.row = undefined;
    this.page.position = undefined;
  }

  get hash(): string {
    return toHash(this.page);
  }
}
