/** The Neurons view and its files. */
import { shortName } from "../../visual/text";
import type { View } from "../registry";
import NeuronSide from "./NeuronSide.svelte";
import NeuronsView from "./NeuronsView.svelte";
import { picture } from "./picture";
import { table } from "./words";

export const neuronsView: View = {
  id: "neurons",
  label: "Neurons",
  needs: "words",
  symbol: "◍",
  hint: "Which neurons pushed the answer",
  parts: [
    {
      part: "",
      label: "At one position",
      hint: "Which neurons pushed the answer",
      main: NeuronsView,
      side: NeuronSide,
      files: ({ session, neurons, theme }) => {
        const { result } = neurons;
        if (result === undefined) return undefined;
        return {
          subject: `position-${result.layers[0]?.position ?? 0}`,
          json: () => result,
          csv: () => table(result),
          svg: () =>
            picture(
              result,
              theme.current,
              `${shortName(session.modelName ?? "")} · “${session.page.prompt ?? ""}”`,
            ),
        };
      },
    },
  ],
};
