/** The Flow view and its files. */
import { shortName } from "../../visual/text";
import type { View } from "../view";
import { Flow } from "./flow.svelte";
import FlowSide from "./FlowSide.svelte";
import FlowView from "./FlowView.svelte";
import { footerOf, sheetScene } from "./picture";

export const flowView: View = {
  id: "flow",
  label: "Flow",
  needs: "words",
  symbol: "⌥",
  hint: "What the prediction was made of, back to the words of the prompt",
  states: [Flow],
  parts: [
    {
      part: "",
      label: "The graph",
      hint: "What the prediction was made of, back to the words of the prompt",
      main: FlowView,
      asks: (bench) => [bench.use(Flow).graph],
      side: FlowSide,
      beside: true,
      files: (bench) => {
        const { session } = bench;
        const flow = bench.use(Flow);
        const { result } = flow.graph;
        if (result === undefined) return undefined;
        return {
          about: flow.graph.about,
          provenance: result.provenance,
          subject: `flow-${result.totals.position}`,
          json: () => result,
          csv: () => flow.graph.table(),
          picture: () => ({
            scene: sheetScene(
              result,
              flow.settings.text("colour"),
              bench.theme.current,
              session.edits.inForce.length,
              flow.cone,
            ),
            title: `${shortName(session.modelName ?? "")} · “${session.page.prompt ?? ""}”`,
            origin: footerOf(result, session.edits.inForce.length),
          }),
        };
      },
    },
  ],
};
