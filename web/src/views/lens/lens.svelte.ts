/** What the Lens tab asks the server for: the grid, and for the pinned cell its lowest words and who wrote the target. */
import { given } from "../../api/client";
import type {
  AttributionRequest,
  AttributionResult,
  HookPointView,
  LensConvention,
  PlaceReading,
  LensRequest,
  LensResult,
} from "../../api/types";
import type { Answer } from "../../state/question.svelte";
import { Settings } from "../../state/settings";
import { specOf } from "../../visual/text";
import type { Bench } from "../bench";
import { State } from "../view";
import { lowest, places, pointNamed, rowsOf, type Row } from "./rows";

/** A reading of more cells than this runs as a job, with its progress shown. */
const manyReadings = 2000;

/** A pass longer than this is not repeated just to follow the model's own answer, milliseconds. */
const cheap = 6000;

/** What both questions about a cell say of the prompt and its words. */
type Words = Pick<AttributionRequest, "model" | "tokens" | "target" | "against" | "interventions">;

export class Lens extends State {
  readonly settings: Settings<"at" | "head" | "colour" | "convention">;
  readonly grid = this.question("lens");
  /** More of the pinned cell, where the grid does not hold it. */
  readonly #cell = this.question("lens", { aside: true });
  readonly #written = this.question("attribution", { aside: true });
  neuron = $state(0);
  readonly rows: readonly Row[] = $derived.by(() => (this.result === undefined ? [] : rowsOf(this.result)));

  constructor(bench: Bench) {
    super(bench);
    this.settings = new Settings(bench.session, "", {
      at: "resid_post",
      colour: "probability",
      convention: "finalNorm",
    });
  }

  get result(): LensResult | undefined {
    return this.grid.result;
  }

  get point(): HookPointView | undefined {
    const catalogue = this.session.info?.catalogue ?? [];
    return pointNamed(catalogue, this.settings.text("at")) ?? catalogue.find((p) => p.readable);
  }

  get head(): number {
    return this.settings.number("head") ?? 0;
  }

  /** Row index of the pinned cell; the topmost when nothing is pinned. */
  get row(): number {
    const at = this.rows.findIndex((r) => r.label === this.session.page.row);
    return at >= 0 ? at : this.rows.length - 1;
  }

  get position(): number {
    const last = (this.result?.tokens.length ?? 1) - 1;
    return Math.min(this.session.page.position ?? last, last);
  }

  get pinned(): PlaceReading | undefined {
    return this.rows[this.row]?.cells[this.position];
  }

  /** Pins a position in the row that is pinned. */
  pinPosition(position: number): void {
    this.session.pin(this.rows[this.row]?.label ?? "", position);
  }

  /** Shows a hook point. */
  read(label: string): void {
    this.settings.set("at", label);
    this.session.page.row = undefined;
    this.session.runs++;
    // At once, so that the inspector does not ask about the place before.
    void this.ask();
    this.bench.go("lens");
  }

  override renew(): void {
    this.settings.set("at", "resid_post");
    this.settings.set("head", "");
  }

  override follow(): void {
    void this.ask();
  }

  #request(target: string | undefined): LensRequest | undefined {
    const { page, info, prompted } = this.session;
    if (info === undefined || prompted === undefined || this.point === undefined) return undefined;
    return given<LensRequest>({
      ...prompted,
      ...places({
        point: this.point,
        catalogue: info.catalogue,
        layers: info.layers,
        positions: this.#positions(page.prompt ?? ""),
        head: this.head,
        neuron: this.neuron,
      }),
      target,
      against: target === undefined ? undefined : page.rival,
      convention: this.settings.text("convention") as LensConvention,
      interventions: this.session.edits.specs,
    });
  }

  /** Reads the prompt: once for everything that is in sight of every view. */
  async ask(): Promise<void> {
    const request = this.#request(this.session.page.target);
    if (request === undefined) return this.grid.cancel();
    await this.grid.ask(request, { long: this.#cells >= manyReadings });
  }

  /** Reads once more with the model's own answer as the target, where none was chosen and reading is quick. */
  async followAnswer(): Promise<void> {
    const { result } = this;
    if (result === undefined || result.target !== undefined || this.grid.loading) return;
    if (this.session.page.target !== undefined || (result.milliseconds ?? Infinity) >= cheap) return;
    const request = this.#request(specOf(result.answer));
    if (request !== undefined) await this.grid.ask(request, { long: this.#cells >= manyReadings });
  }

  get #cells(): number {
    return (this.session.info?.layers ?? 0) * this.#positions(this.session.page.prompt ?? "");
  }

  /** About how many tokens a prompt has; only the server knows exactly, before it has answered. */
  #positions(prompt: string): number {
    return Math.max(this.session.draftTokens.length, prompt.length / 3);
  }

  /** Whether contributions can be summed here: only the residual stream is a sum of what was written. */
  get summable(): boolean {
    return this.point?.label.startsWith("resid") ?? false;
  }

  /** The pinned cell with its lowest words, once they are here. */
  get detail(): PlaceReading | undefined {
    const { pinned } = this;
    const found = this.#cell.result?.readings[0];
    const here = found?.at === pinned?.at && found?.position === pinned?.position;
    return here && this.session.older(this.#cell.about).length === 0 ? (found ?? pinned) : pinned;
  }

  /** Who wrote the target into the pinned cell. */
  get attribution(): Answer<AttributionResult> {
    const { result, problem, loading } = this.#written;
    const { pinned } = this;
    const here =
      result?.at === pinned?.at &&
      result?.position === pinned?.position &&
      this.session.older(this.#written.about).length === 0;
    return {
      result: here ? result : undefined,
      problem,
      loading: loading || (result !== undefined && !here),
    };
  }

  /** Takes the lowest words of the pinned cell where the grid has none, and what wrote the target there. */
  async inspect(): Promise<void> {
    const { result, pinned } = this;
    if (result === undefined || pinned === undefined) {
      this.#cell.clear();
      this.#written.clear();
      return;
    }
    const words = given<Words>({
      model: this.session.modelName,
      tokens: result.tokens.map((t) => t.id),
      target: result.target === undefined ? undefined : `#${result.target.id}`,
      against: result.against === undefined ? undefined : `#${result.against.id}`,
      interventions: this.session.edits.specs,
    });
    await Promise.all([this.#look(result, pinned, words), this.#attribute(result, pinned, words)]);
  }

  async #look(result: LensResult, pinned: PlaceReading, words: Words): Promise<void> {
    if (pinned.bottom !== undefined) return this.#cell.clear();
    await this.#cell.ask(
      given<LensRequest>({
        ...words,
        at: [pinned.at],
        positions: [pinned.position],
        heads: pinned.head === undefined ? undefined : [pinned.head],
        neurons: pinned.neuron === undefined ? undefined : [pinned.neuron],
        top: 10,
        bottom: lowest,
        convention: result.convention.name,
      }),
    );
  }

  async #attribute(result: LensResult, pinned: PlaceReading, words: Words): Promise<void> {
    const sum = this.summable && pinned.at.includes("hook_resid");
    if (!sum || words.target === undefined) return this.#written.clear();
    await this.#written.ask(
      given<AttributionRequest>({
        ...words,
        at: pinned.at,
        position: pinned.position,
        top: 8,
        convention: result.convention.name === "raw" ? "raw" : "frozenScale",
      }),
    );
  }
}
