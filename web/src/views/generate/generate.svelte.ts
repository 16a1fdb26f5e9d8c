/** A continuation as it streams in, and the alternatives of any of its tokens. */
import { given, problemOf, ProblemError } from "../../api/client";
import type {
  ExitRuleFile,
  GeneratedToken,
  GenerateRequest,
  GenerateResult,
  LensReading,
  LensRequest,
  Progress,
  TokenView,
} from "../../api/types";
import { valueOf, type Load } from "../../state/load";
import { promptOf } from "../../state/prompt";
import type { Session } from "../../state/session.svelte";
import { shared } from "../edits/words";
import { inLayer, pointNamed } from "../lens/rows";

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

export class Generation {
  readonly #session: Session;
  prompt: readonly TokenView[] = $state.raw([]);
  tokens: readonly GeneratedToken[] = $state.raw([]);
  progress: Progress | undefined = $state.raw();
  result: GenerateResult | undefined = $state.raw();
  problem: ProblemError | undefined = $state.raw();
  running = $state(false);
  chosen: number | undefined = $state();
  alternatives: Load<LensReading> = $state.raw({ state: "idle" });
  /** The same prompt with the model as it was opened, beside an edited or hurried one. */
  plainTokens: readonly GeneratedToken[] = $state.raw([]);
  plainResult: GenerateResult | undefined = $state.raw();
  /** Whether what is shown ran with edits or left the network early. */
  differs = $state(false);
  /** The rule for early exit that was learned on this page. */
  learned: ExitRuleFile | undefined = $state.raw();
  #going: AbortController | undefined;
  #looking: AbortController | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  value(name: Setting): string {
    return this.#session.page.generate[name] ?? settings.find((s) => s.name === name)?.initial ?? "";
  }

  set(name: Setting, value: string): void {
    const initial = settings.find((s) => s.name === name)?.initial;
    const all = { ...this.#session.page.generate, [name]: value };
    this.#session.page.generate = Object.fromEntries(
      Object.entries(all).filter(([n, v]) => n !== name || v !== initial),
    );
  }

  /** Whether the unchanged model is run beside a changed one. */
  get compares(): boolean {
    return this.#session.page.generate["beside"] !== "0";
  }

  compare(wanted: boolean): void {
    const others = Object.entries(this.#session.page.generate).filter(([n]) => n !== "beside");
    this.#session.page.generate = Object.fromEntries(wanted ? others : [...others, ["beside", "0"]]);
  }

  /** The rule by which tokens leave the network early; empty where the whole network runs. */
  get exit(): string {
    return this.#session.page.generate["exit"] ?? "";
  }

  leaveBy(rule: string): void {
    const others = Object.entries(this.#session.page.generate).filter(([n]) => n !== "exit");
    this.#session.page.generate = Object.fromEntries(
      rule.trim() === "" ? others : [...others, ["exit", rule.trim()]],
    );
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
    return this.#session.page.generate["end"] === "1";
  }

  stopAtEnd(wanted: boolean): void {
    const others = Object.entries(this.#session.page.generate).filter(([n]) => n !== "end");
    this.#session.page.generate = Object.fromEntries(wanted ? [...others, ["end", "1"]] : others);
  }

  #number(name: Setting): number | undefined {
    const text = this.value(name).trim();
    return text === "" || Number.isNaN(Number(text)) ? undefined : Number(text);
  }

  async go(): Promise<void> {
    if (this.#session.stale) this.#session.run();
    const { page, modelName, client } = this.#session;
    if (page.prompt === undefined || page.prompt === "") return;
    this.#going?.abort();
    const going = (this.#going = new AbortController());
    this.clear();
    if (this.exit === learnedRule && this.learned === undefined) {
      this.problem = new ProblemError(
        "The learned rule is gone",
        "A rule that was learned leaves with the page; learn it again under Early exit, or choose another rule.",
      );
      return;
    }
    this.running = true;
    const temperature = this.#number("temperature");
    const sampling = temperature !== undefined && temperature > 0;
    const plain = given<GenerateRequest>({
      model: modelName,
      ...promptOf(page.prompt),
      n: this.#number("n"),
      temperature,
      topK: sampling ? this.#number("topK") : undefined,
      topP: sampling ? this.#number("topP") : undefined,
      beams: sampling ? undefined : this.#number("beams"),
      seed: sampling ? this.#number("seed") : undefined,
      stopAtEnd: this.stopsAtEnd ? true : undefined,
    });
    const interventions = this.#session.edits.specs;
    const earlyExit = this.exit === "" ? undefined : this.#rule();
    this.differs = interventions !== undefined || earlyExit !== undefined;
    try {
      const result = await client.job(
        "generate",
        given<GenerateRequest>({ ...plain, interventions, earlyExit }),
        {
          token: (token) => (this.tokens = [...this.tokens, token]),
          progress: (progress) => (this.progress = progress),
        },
        going.signal,
      );
      this.result = result;
      this.prompt = result.tokens;
      this.tokens = result.generated;
      if (!this.differs || !this.compares) return;
      // One after the other, so that neither slows the other down and their speeds compare.
      this.plainResult = await client.job(
        "generate",
        plain,
        {
          token: (token) => (this.plainTokens = [...this.plainTokens, token]),
          progress: (progress) => (this.progress = progress),
        },
        going.signal,
      );
      this.plainTokens = this.plainResult.generated;
    } catch (error) {
      if (this.#going === going) this.problem = problemOf(error);
    } finally {
      if (this.#going === going) this.running = false;
    }
  }

  clear(): void {
    this.differs = false;
    this.plainTokens = [];
    this.plainResult = undefined;
    this.tokens = [];
    this.prompt = [];
    this.result = undefined;
    this.problem = undefined;
    this.progress = undefined;
    this.chosen = undefined;
    this.alternatives = { state: "idle" };
  }

  cancel(): void {
    this.#going?.abort();
    this.running = false;
  }

  /** What else could have stood at a generated token: the reading of the last layer one position before it. */
  async look(index: number): Promise<void> {
    this.#looking?.abort();
    const looking = (this.#looking = new AbortController());
    this.chosen = index;
    const info = valueOf(this.#session.info);
    const stream = pointNamed(info?.catalogue ?? [], "resid_post");
    const token = this.tokens[index];
    if (info === undefined || stream === undefined || token === undefined || this.result === undefined)
      return;
    const before = [...this.result.tokens, ...this.tokens.slice(0, index)].map((t) => t.id);
    this.alternatives = { state: "loading" };
    try {
      const found = await this.#session.client.call(
        "lens",
        given<LensRequest>({
          model: this.#session.modelName,
          tokens: before,
          at: [inLayer(stream, info.layers - 1)],
          positions: [-1],
          top: 10,
          target: `#${token.id}`,
          interventions: this.#session.edits.specs,
        }),
        looking.signal,
      );
      const reading = found.readings[0];
      this.alternatives = reading === undefined ? { state: "idle" } : { state: "done", value: reading };
    } catch (error) {
      const problem = problemOf(error);
      if (problem !== undefined) this.alternatives = { state: "failed", problem };
    }
  }

  /** The text up to a generated token, to look at in the lens. */
  textBefore(index: number): string {
    return (
      (this.result?.prompt ?? this.#session.page.prompt ?? "") +
      this.tokens
        .slice(0, index)
        .map((t) => t.text)
        .join("")
    );
  }
}
