/** The page's state and the few things that change it. Views read it and call its methods; nothing else holds state. */
import { given } from "../api/client";
import type { InfoResult, ModelEntry, ModelExample, TokenView } from "../api/types";
import { fromHash, toHash, type PageState } from "./address";
import type { Desk } from "./desk";
import { Edits } from "./edits.svelte";
import { fallbackExamples } from "./examples";
import { differing, type About, type Key, type Part } from "./key";
import { promptOf } from "./prompt";
import { Question } from "./question.svelte";
import { stepOf } from "./trail";
import { Undo } from "./undo.svelte";

/** How long a hand that types rests before the tokens are asked for, milliseconds. */
const rest = 120;

export class Session {
  readonly desk: Desk;
  readonly edits: Edits = new Edits(this);
  readonly undo = new Undo();
  page: PageState = $state(fromHash(""));
  /** The prompt as typed; `page.prompt` is the one that ran. */
  draft = $state("");
  readonly models: Question<"models">;
  readonly opening: Question<"info">;
  /** How far the numbers are from the reference numbers beside the weights, where there are some. */
  readonly parity: Question<"parity">;
  /** How far the numbers are from each other; the server remembers it. */
  readonly checks: Question<"parity">;
  /** Tokens of the draft while it differs from the prompt that ran. */
  readonly #drafted: Question<"tokenize">;
  /** Tokens of the prompt that ran, for a model whose lens has none to show. */
  readonly #cutUp: Question<"tokenize">;
  /** Counts the runs asked for: views take their results anew when it changes. */
  runs = $state(0);
  /** The place that the page was led to: it makes no step of its own in the history. */
  landed: string | undefined;
  /** Whether a person chose the target here. */
  #aimed = false;
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(desk: Desk) {
    this.desk = desk;
    this.models = new Question(desk, "models");
    this.opening = new Question(desk, "info");
    this.parity = new Question(desk, "parity", { long: true });
    this.checks = new Question(desk, "parity", { long: true });
    this.#drafted = new Question(desk, "tokenize");
    this.#cutUp = new Question(desk, "tokenize");
  }

  /** What the open model is; absent while it opens. */
  get info(): InfoResult | undefined {
    return this.opening.result;
  }

  get draftTokens(): readonly TokenView[] {
    return this.#drafted.result?.tokens ?? [];
  }

  get ranTokens(): readonly TokenView[] {
    return this.#cutUp.result?.tokens ?? [];
  }

  /** Positions of words that the training of the model did not hold, in the prompt as it stands in the ribbon. */
  get unknown(): readonly number[] {
    const shown = this.stale ? this.#drafted.result : this.#cutUp.result;
    return (shown?.tokens ?? []).flatMap((token, i) => (token.unknown === true ? [i] : []));
  }

  get modelName(): string | undefined {
    const found = this.models.result;
    return this.page.model ?? found?.defaultModel ?? found?.models.find((m) => m.problem === undefined)?.name;
  }

  /** The models to choose from; the open one is among them even when the server does not list it. */
  get choices(): readonly ModelEntry[] {
    const listed = this.models.result?.models ?? [];
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

  /** What views ask for: the prompt that ran. */
  get ran(): Key {
    return this.#key(this.page.prompt ?? "");
  }

  #key(prompt: string): Key {
    const { target, rival } = this.page;
    return {
      model: this.modelName ?? "",
      prompt,
      edits: this.edits.inForce,
      target: target ?? "",
      rival: target === undefined ? "" : (rival ?? ""),
    };
  }

  /** In which parts an answer is not what the page asks for, the prompt taken as it is typed. */
  older(about: About | undefined): readonly Part[] {
    return differing(about, this.#key(this.draft));
  }

  /** Whether the typed prompt is not the one whose results are shown. */
  get stale(): boolean {
    return this.page.prompt !== undefined && this.draft !== this.page.prompt;
  }

  /** Whether the list of models, or the model, is still on its way: what is empty need not stay so. */
  get coming(): boolean {
    return this.opening.loading || (this.models.loading && this.models.result === undefined);
  }

  /** Opens what the address names. */
  async start(hash: string): Promise<void> {
    this.page = fromHash(hash);
    this.draft = this.page.prompt ?? "";
    this.landed = stepOf(this.page);
    this.desk.forget();
    this.#close();
    if (!(await this.list())) return;
    const opening = this.#open(this.page.prompt === undefined);
    this.landed = stepOf(this.page);
    await opening;
  }

  /**
   * Goes back, or forward, to a place that was shown, or to one of a link. The edits of a model go along: a link brings
   * its own. Gives whether the model is another.
   */
  restore(hash: string, own: boolean): boolean {
    const before = this.modelName;
    const { edits: here } = this.page;
    this.edits.leave();
    if (this.stale && this.draft !== "") {
      const typed = this.draft;
      this.undo.offer("Left what was typed", () => this.type(typed));
    }
    this.page = fromHash(hash);
    const same = this.modelName === before;
    if (own) this.page.edits = same ? here : (this.edits.of(this.modelName) ?? this.page.edits);
    if (same && this.page.prompt === undefined) this.#take(this.examples[0], { ...this.page });
    this.draft = this.page.prompt ?? "";
    this.#aimed = false;
    this.#drafted.clear();
    this.landed = stepOf(this.page);
    if (same) this.runs++;
    return !same;
  }

  /** Opens the model that the page names, once what was read of the one before has left. */
  async reopen(): Promise<void> {
    this.#close();
    const opening = this.#open(this.page.prompt === undefined);
    this.landed = stepOf(this.page);
    await opening;
  }

  /** Lists the models anew. */
  list(): Promise<boolean> {
    return this.models.ask({}, { again: true });
  }

  async choose(model: string): Promise<void> {
    this.edits.leave();
    const known = this.examples.some((e) => e.text === this.draft) || this.draft === "";
    this.page.model = model === this.models.result?.defaultModel ? undefined : model;
    // Neurons and heads are numbered anew in another model: each keeps its own edits.
    this.page.edits = this.edits.of(model) ?? [];
    this.#unpin();
    this.page.target = undefined;
    this.page.rival = undefined;
    this.#close();
    await this.#open(known);
  }

  #close(): void {
    for (const question of [this.opening, this.parity, this.checks, this.#drafted, this.#cutUp])
      question.clear();
  }

  async #open(withExample: boolean): Promise<void> {
    if (withExample) this.#take(this.examples[0], { ...this.page });
    if (!(await this.opening.ask(this.#choice()))) return;
    if (this.page.prompt !== undefined && this.page.prompt !== "") this.runs++;
    const golden = this.info?.golden;
    if (golden !== undefined) void this.parity.ask({ ...this.#choice(), golden });
    void this.checks.ask(this.#choice());
  }

  #choice(): { model?: string } {
    return given<{ model?: string }>({ model: this.modelName });
  }

  #take(example: ModelExample | undefined, wanted: Partial<PageState> = {}): void {
    if (example === undefined) return;
    this.#aimed = false;
    this.draft = example.text;
    this.page.prompt = example.text;
    this.page.target = wanted.target ?? example.target;
    this.page.rival = wanted.rival ?? example.against;
  }

  show(example: ModelExample): void {
    if (this.stale && this.draft !== "") {
      const typed = this.draft;
      this.undo.offer("Replaced what was typed", () => this.type(typed));
    }
    this.#take(example);
    this.#unpin();
    this.runs++;
  }

  run(): void {
    if (this.draft === "") return;
    if (this.draft !== this.page.prompt) {
      this.#unpin();
      this.#unaim();
    }
    this.page.prompt = this.draft;
    clearTimeout(this.#typing);
    this.#drafted.clear();
    this.runs++;
  }

  /** A target that came with an example leaves with it: the next prompt's own answer is followed, unless a person chose. */
  #unaim(): void {
    const { page } = this;
    const came = this.examples.find((e) => e.text === page.prompt);
    if (this.#aimed || page.target === undefined || page.target !== came?.target) return;
    page.target = undefined;
    page.rival = undefined;
  }

  type(text: string): void {
    this.draft = text;
    clearTimeout(this.#typing);
    // Tokens while typing are a courtesy; running the prompt says what is wrong with it.
    if (text === "" || text === this.page.prompt) this.#drafted.clear();
    else
      this.#typing = setTimeout(() => void this.#drafted.ask({ ...this.#choice(), ...promptOf(text) }), rest);
  }

  /** Cuts the prompt up: for the words it does not know, and for models whose lens never answers with tokens. */
  cutUp(): void {
    const { info } = this;
    const { prompt } = this.page;
    if (info === undefined || prompt === undefined || prompt === "") this.#cutUp.clear();
    else void this.#cutUp.ask({ ...this.#choice(), ...promptOf(prompt) });
  }

  async complete(prefix: string): Promise<readonly TokenView[]> {
    const request = { ...this.#choice(), prefix, limit: 12 };
    return (await this.desk.ask("complete", request)).result.completions;
  }

  aim(target: string | undefined): void {
    this.#aimed = target !== undefined;
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

  /** Something typed for the model under which it stands: every request about the prompt begins so. */
  get prompted(): { model?: string; text?: string; tokens?: number[] } | undefined {
    const { prompt } = this.page;
    if (this.info === undefined || !this.info.languageHead || prompt === undefined || prompt === "")
      return undefined;
    return { ...this.#choice(), ...promptOf(prompt) };
  }

  get hash(): string {
    return toHash(this.page);
  }
}
