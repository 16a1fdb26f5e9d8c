/** What the Gradients tab asks the server for: what an update towards the target would write, everywhere. */
import { given } from "../../api/client";
import type { GradientCell, GradientsRequest, GradientSign } from "../../api/types";
import { Settings } from "../../state/settings";
import type { Bench } from "../bench";
import { Chosen } from "../parts/chosen.svelte";
import { State } from "../view";

export type Shown = "rank" | "length";

export class Gradients extends State {
  readonly settings: Settings<"matrix" | "sign" | "shown" | "layer">;
  readonly read = this.question("gradients");

  constructor(bench: Bench) {
    super(bench);
    this.settings = new Settings(bench.session, "g.", { matrix: "W_out", sign: "descent", shown: "rank" });
  }

  get matrix(): string {
    return this.settings.text("matrix");
  }

  /** Ranks are of what comes back to the stream; of all others there is the length alone. */
  get shown(): Shown {
    const writes = this.matrix === "W_out" || this.matrix === "W_O";
    return writes && this.settings.text("shown") === "rank" ? "rank" : "length";
  }

  /** The matrices that the model has, in the order of the answer. */
  get matrices(): string[] {
    return (this.read.result?.matrices ?? [])
      .map((cell) => cell.matrix)
      .filter((matrix, at, all) => all.indexOf(matrix) === at);
  }

  /** The cell that is chosen: in the pinned position's column, the last layer's where none is. */
  get chosen(): GradientCell | undefined {
    const { result } = this.read;
    if (result === undefined) return undefined;
    const own = result.matrices.filter((cell) => cell.matrix === this.matrix);
    const position = this.session.page.position ?? result.position;
    const layer = this.settings.number("layer") ?? Math.max(0, ...own.map((cell) => cell.layer));
    return own.find((cell) => cell.layer === layer && cell.position === position);
  }

  choose(cell: GradientCell): void {
    // The inspector of the cell stands where the card was.
    this.bench.use(Chosen).close();
    this.settings.set("layer", `${cell.layer}`);
    this.session.page.position = cell.position;
  }

  async ask(): Promise<void> {
    const { page, prompted, edits } = this.session;
    if (prompted === undefined) return;
    await this.read.ask(
      given<GradientsRequest>({
        ...prompted,
        target: page.target,
        against: page.target === undefined ? undefined : page.rival,
        sign: this.settings.text("sign") as GradientSign,
        top: 8,
        bottom: 8,
        interventions: edits.specs,
      }),
    );
  }
}
