/** A continuation as it streams in, and the alternatives of any of its tokens. */
import { given, ProblemError } from "../../api/client";
import type {
  ExitRuleFile,
  GeneratedToken,
  GenerateRequest,
  GenerateResult,
  InterventionSpec,
  LensRequest,
  Progress,
  TokenReading,
  TokenView,
} from "../../api/types";
import type { About } from "../../state/key";
import { Settings } from "../../state/settings";
import { specOf } from "../../visual/text";
import type { Bench } from "../bench";
import { shared } from "../edits/words";
import { inLayer, pointNamed } from "../lens/rows";
import { State } from "../view";
import { Exit } from "./exit.svelte";

/** Settings as typed; an empty text leaves the choice to the server. */
export const settings = [
  { name: "n", label: "tokens", initial: "40", min: 1, max: 1000, step: 1, hint: "How many tokens at most" },
  {
    name: "temperature",
    label: "temperature",
    initial: "0",
    min: 0,
    max: 5,
    step: 0.1,
    hint: "0 always takes the most probable token; 1 samples as the model says; more is wilder",
  },
  {
    name: "topK",
    label: "top-k",
    initial: "",
    min: 1,
    max: 1000,
    step: 1,
    hint: "Sample among the k most probable tokens only",
  },
  {
    name: "topP",
    label: "top-p",
    initial: "",
    min: 0.01,
    max: 1,
    step: 0.01,
    hint: "Sample among the fewest tokens whose probabilities sum to p",
  },
  {
    name: "beams",
    label: "beams",
    initial: "",
    min: 1,
    max: 64,
    step: 1,
    hint: "Follow so many continuations side by side and keep the most probable as a whole; the text comes at the end",
  },
  {
    name: "seed",
    label: "seed",
    initial: "0",
    min: 0,
    max: 1_000_000,
    step: 1,
    hint: "The same seed gives the same text",
  },
] as const;

/** Rules for leaving the network early, to choose from; others may be typed. */
export const exitRules = ["confidence:0.9", "confidence:0.7", "confidence:0.5"] as const;

/** Stands for the rule that was learned on this page, whose text is too long for an address. */
export const learnedRule = "learned";

export type Setting = (typeof settings)[number]["name"];

/** Choices beside the numbers: whether the unchanged model runs as well, the rule for early exit, where to stop, the chat, the colours. */
type Choice = "beside" | "exit" | "end" | "chat" | "system" | "paint";

export class Generation extends State {
  readonly settings: Settings<Setting | Choice>;
  readonly #changed = this.question("generate", { long: true });
  /** The same prompt with the model as it was opened, beside an edited or hurried one. */
  readonly #plain = this.question("generate", { long: true });
  readonly alternatives = this.question("lens", { aside: true });
  tokens: readonly GeneratedToken[] = $state.raw([]);
  plainTokens: readonly GeneratedToken[] = $state.raw([]);
  chosen: number | undefined = $state();
  /** Whether what is shown ran with edits or left the network early. */
  differs = $state(false);
  /** The rule for early exit that was learned on this page. */
  learned: ExitRuleFile | undefined = $state.raw();
  /** The edits that what is shown ran with: its alternatives are read with the same. */
  #edits: InterventionSpec[] | undefined;
  #missing: ProblemError | undefined = $state.raw();

  constructor(bench: Bench) {
    super(bench);
    this.settings = new Settings(
      bench.session,
      "g.",
      Object.fromEntries(settings.map((s) => [s.name, s.initial])),
    );
  }

  get result(): GenerateResult | undefined {
    return this.#changed.result;
  }

  get plainResult(): GenerateResult | undefined {
    return this.#plain.result;
  }

  /** The tokens as the table that the server makes of them. */
  table(): Promise<Blob> {
    return this.#changed.table();
  }

  /** The key of what is shown, finished or on its way. */
  get about(): About | undefined {
    return this.#changed.about ?? (this.tokens.length > 0 ? this.#changed.asked : undefined);
  }

  get loading(): boolean {
    return this.#changed.loading || this.#plain.loading;
  }

  get progress(): Progress | undefined {
    return this.#changed.progress ?? this.#plain.progress;
  }

  get problem(): ProblemError | undefined {
    return this.#missing ?? this.#changed.problem ?? this.#plain.problem;
  }

  get prompt(): readonly TokenView[] {
    return this.result?.tokens ?? [];
  }

  /** Whether the unchanged model is run beside a changed one. */
  get compares(): boolean {
    return this.settings.text("beside") !== "0";
  }

  compare(wanted: boolean): void {
    this.settings.set("beside", wanted ? "" : "0");
  }

  /** The rule by which tokens leave the network early; empty where the whole network runs. */
  get exit(): string {
    return this.settings.text("exit");
  }

  leaveBy(rule: string): void {
    this.settings.set("exit", rule.trim());
  }

  /** Puts the rule that was learned to use. */
  leaveByLearned(): void {
    const learned = this.bench.use(Exit).learned.result?.learned;
    if (learned === undefined) return;
    this.learned = learned;
    this.leaveBy(learnedRule);
    this.bench.go("generate", "");
    void this.go();
  }

  /** The rule as the server reads it: by name, or the text of what was learned. */
  #rule(): string {
    return this.exit === learnedRule && this.learned !== undefined ? JSON.stringify(this.learned) : this.exit;
  }

  /** Whether tokens left the network before its end. */
  get exits(): boolean {
    return this.tokens.some((t) => t.exitLayer !== undefined);
  }

  /** The first token in which the two continuations differ; absent while nothing is compared. */
  get parting(): number | undefined {
    if (this.plainTokens.length === 0) return undefined;
    return shared(this.tokens, this.plainTokens);
  }

  /** Whether the continuation ends where the model ends the text. */
  get stopsAtEnd(): boolean {
    return this.settings.text("end") === "1";
  }

  stopAtEnd(wanted: boolean): void {
    this.settings.set("end", wanted ? "1" : "");
  }

  /** Whether the model has a chat template and the prompt is wrapped in it. */
  get chats(): boolean {
    return this.settings.text("chat") === "1" && this.session.info?.chatTemplate !== undefined;
  }

  chat(wanted: boolean): void {
    this.settings.set("chat", wanted ? "1" : "");
  }

  async go(): Promise<void> {
    if (this.session.stale) this.session.run();
    const { prompted } = this.session;
    if (prompted === undefined) return;
    this.#empty();
    if (this.exit === learnedRule && this.learned === undefined) {
      this.#missing = new ProblemError(
        "The learned rule is gone",
        "A rule that was learned leaves with the page; learn it again under Early exit, or choose another rule.",
      );
      return;
    }
    const temperature = this.settings.number("temperature");
    const sampling = temperature !== undefined && temperature > 0;
    const plain = given<GenerateRequest>({
      ...prompted,
      n: this.settings.number("n"),
      temperature,
      topK: sampling ? this.settings.number("topK") : undefined,
      topP: sampling ? this.settings.number("topP") : undefined,
      beams: sampling ? undefined : this.settings.number("beams"),
      seed: sampling ? this.settings.number("seed") : undefined,
      stopAtEnd: this.stopsAtEnd ? true : undefined,
      chat: this.chats ? true : undefined,
      system: this.chats && this.settings.text("system") !== "" ? this.settings.text("system") : undefined,
    });
    const interventions = (this.#edits = this.session.edits.specs);
    const earlyExit = this.exit === "" ? undefined : this.#rule();
    this.differs = interventions !== undefined || earlyExit !== undefined;
    const both = this.differs && this.compares;
    const written = await this.#changed.ask(given<GenerateRequest>({ ...plain, interventions, earlyExit }), {
      again: true,
      token: (token) => (this.tokens = [...this.tokens, token]),
    });
    if (!written) return;
    this.tokens = this.result?.generated ?? [];
    // One after the other, so that neither slows the other down and their speeds compare.
    const beside =
      both &&
      (await this.#plain.ask(plain, {
        again: true,
        token: (token) => (this.plainTokens = [...this.plainTokens, token]),
      }));
    if (beside) this.plainTokens = this.plainResult?.generated ?? [];
  }

  #empty(): void {
    super.clear();
    this.#missing = undefined;
    this.differs = false;
    this.tokens = [];
    this.plainTokens = [];
    this.chosen = undefined;
  }

  override clear(): void {
    this.#empty();
    this.learned = undefined;
  }

  /** What else could have stood at a generated token: the reading of the last layer one position before it. */
  async look(index: number): Promise<void> {
    this.chosen = index;
    const { info } = this.session;
    const stream = pointNamed(info?.catalogue ?? [], "resid_post");
    const token = this.tokens[index];
    if (info === undefined || stream === undefined || token === undefined || this.result === undefined)
      return;
    const before = [...this.result.tokens, ...this.tokens.slice(0, index)].map((t) => t.id);
    this.alternatives.clear();
    await this.alternatives.ask(
      given<LensRequest>({
        model: this.session.modelName,
        tokens: before,
        at: [inLayer(stream, info.layers - 1)],
        positions: [-1],
        top: 10,
        target: `#${token.id}`,
        interventions: this.#edits,
      }),
    );
  }

  /** Shows in the lens how a generated token came about. */
  openInLens(index: number): void {
    const token = this.tokens[index];
    this.session.draft = this.textBefore(index);
    if (token !== undefined) this.session.page.target = specOf(token);
    this.session.page.rival = undefined;
    this.session.run();
    this.bench.go("lens");
  }

  /** Writes on from another word in the place of a generated one. */
  instead(index: number, word: TokenReading): void {
    this.session.draft = this.textBefore(index) + word.text;
    this.session.run();
    void this.go();
  }

  /** The text up to a generated token, to look at in the lens. */
  textBefore(index: number): string {
    return (
      (this.result?.prompt ?? this.session.page.prompt ?? "") +
      this.tokens
        .slice(0, index)
        .map((t) => t.text)
        .join("")
    );
  }
}
