/** What the Lens tab asks the server for: the grid, and for the pinned cell its lowest words and who wrote the target. */
import { given, problemOf, type ProblemError } from "../../api/client";
import type {
  AttributionRequest,
  AttributionResult,
  HookPointView,
  LensConvention,
  LensReading,
  LensRequest,
  LensResult,
  Progress,
} from "../../api/types";
import type { Load } from "../../state/load";
import { valueOf } from "../../state/load";
import { promptOf } from "../../state/prompt";
import type { Session } from "../../state/session.svelte";
import { specOf } from "../../visual/text";
import { places, pointNamed, rowsOf, type Row } from "./rows";

/** A reading of more cells than this runs as a job, with its progress shown. */
const manyReadings = 2000;

/** A pass longer than this is not repeated just to follow the model's own answer, milliseconds. */
const cheap = 6000;

export class Lens {
  readonly #session: Session;
  /** The newest result; it stays on the page while the next one is on its way. */
  result: LensResult | undefined = $state.raw();
  loading = $state(false);
  /** How far a long reading is; short ones have none. */
  progress: Progress | undefined = $state.raw();
  problem: ProblemError | undefined = $state.raw();
  detail: Load<LensReading> = $state.raw({ state: "idle" });
  attribution: Load<AttributionResult> = $state.raw({ state: "idle" });
  neuron = $state(0);

  #asking: AbortController | undefined;
  #pinning: AbortController | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  readonly rows: readonly Row[] = $derived.by(() => (this.result === undefined ? [] : rowsOf(this.result)));

  get point(): HookPointView | undefined {
    const catalogue = valueOf(this.#session.info)?.catalogue ?? [];
    return pointNamed(catalogue, this.#session.page.at) ?? catalogue.find((p) => p.readable);
  }

  /** Row index of the pinned cell; the topmost when nothing is pinned. */
  get row(): number {
    const at = this.rows.findIndex((r) => r.label === this.#session.page.row);
    return at >= 0 ? at : this.rows.length - 1;
  }

  get position(): number {
    const last = (this.result?.tokens.length ?? 1) - 1;
    return Math.min(this.#session.page.position ?? last, last);
  }

  get pinned(): LensReading | undefined {
    return this.rows[this.row]?.cells[this.position];
  }

  #request(target: string | undefined): LensRequest | undefined {
    const { page, modelName } = this.#session;
    const info = valueOf(this.#session.info);
    if (info === undefined || !info.languageHead || this.point === undefined || page.prompt === undefined)
      return undefined;
    return given<LensRequest>({
      model: modelName,
      ...promptOf(page.prompt),
      ...places({
        point: this.point,
        catalogue: info.catalogue,
        layers: info.layers,
        positions: this.#positions(page.prompt),
        head: page.head,
        neuron: this.neuron,
      }),
      target,
      against: target === undefined ? undefined : page.rival,
      convention: page.convention as LensConvention,
      interventions: this.#session.edits.specs,
    });
  }

  /** Asks anew; an answer still on its way for an older question is dropped. */
  async ask(): Promise<void> {
    this.#asking?.abort();
    const asking = (this.#asking = new AbortController());
    this.loading = true;
    try {
      const { target } = this.#session.page;
      const request = this.#request(target);
      if (request === undefined) return;
      let result = await this.#take(request, asking.signal);
      this.#show(result);
      if (target === undefined && (result.milliseconds ?? Infinity) < cheap) {
        const follow = this.#request(specOf(result.answer));
        if (follow === undefined) return;
        result = await this.#take(follow, asking.signal);
        this.#show(result);
      }
    } catch (error) {
      const problem = problemOf(error);
      if (problem !== undefined) {
        this.problem = problem;
        this.result = undefined;
      }
    } finally {
      if (this.#asking === asking) {
        this.loading = false;
        this.progress = undefined;
      }
    }
  }

  #take(request: LensRequest, signal: AbortSignal): Promise<LensResult> {
    const { client, page } = this.#session;
    const cells = (valueOf(this.#session.info)?.layers ?? 0) * this.#positions(page.prompt ?? "");
    if (cells < manyReadings) return client.call("lens", request, signal);
    return client.job("lens", request, { progress: (progress) => (this.progress = progress) }, signal);
  }

  /** About how many tokens a prompt has; only the server knows exactly, before it has answered. */
  #positions(prompt: string): number {
    return Math.max(this.#session.draftTokens.length, prompt.length / 3);
  }

  #show(result: LensResult): void {
    this.result = result;
    this.problem = undefined;
  }

  clear(): void {
    this.result = undefined;
    this.problem = undefined;
    this.detail = this.attribution = { state: "idle" };
  }

  cancel(): void {
    this.#asking?.abort();
    this.loading = false;
    this.progress = undefined;
  }

  /** Whether contributions can be summed here: only the residual stream is a sum of what was written. */
  get summable(): boolean {
    return this.point?.label.startsWith("resid") ?? false;
  }

  /** Takes the lowest words of the pinned cell, and what wrote the target there. */
  async inspect(): Promise<void> {
    this.#pinning?.abort();
    const pinning = (this.#pinning = new AbortController());
    const { result, pinned } = this;
    if (result === undefined || pinned === undefined) {
      this.detail = this.attribution = { state: "idle" };
      return;
    }
    const words = {
      model: this.#session.modelName,
      tokens: result.tokens.map((t) => t.id),
      target: result.target === undefined ? undefined : `#${result.target.id}`,
      against: result.against === undefined ? undefined : `#${result.against.id}`,
      interventions: this.#session.edits.specs,
    };
    await Promise.all([
      this.#detail(
        given<LensRequest>({
          ...words,
          at: [pinned.at],
          positions: [pinned.position],
          heads: pinned.head === undefined ? undefined : [pinned.head],
          neurons: pinned.neuron === undefined ? undefined : [pinned.neuron],
          top: 10,
          bottom: 5,
          convention: result.convention.name,
        }),
        pinning.signal,
      ),
      this.#attribute(
        given<AttributionRequest>({
          ...words,
          at: pinned.at,
          position: pinned.position,
          top: 8,
          convention: result.convention.name === "raw" ? "raw" : "frozenScale",
        }),
        pinning.signal,
      ),
    ]);
  }

  async #detail(request: LensRequest, signal: AbortSignal): Promise<void> {
    try {
      const reading = (await this.#session.client.call("lens", request, signal)).readings[0];
      this.detail = reading === undefined ? { state: "idle" } : { state: "done", value: reading };
    } catch (error) {
      const problem = problemOf(error);
      if (problem !== undefined) this.detail = { state: "failed", problem };
    }
  }

  async #attribute(request: AttributionRequest, signal: AbortSignal): Promise<void> {
    if (!this.summable || request.target === undefined) {
      this.attribution = { state: "idle" };
      return;
    }
    if (this.attribution.state !== "done") this.attribution = { state: "loading" };
    try {
      this.attribution = {
        state: "done",
        value: await this.#session.client.call("attribution", request, signal),
      };
    } catch (error) {
      const problem = problemOf(error);
      if (problem !== undefined) this.attribution = { state: "failed", problem };
    }
  }
}
