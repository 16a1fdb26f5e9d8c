/** The Gradients view and its files. */
import type { View } from "../view";
import { Gradients } from "./gradients.svelte";
import GradientsSide from "./GradientsSide.svelte";
import GradientsView from "./GradientsView.svelte";

export const gradientsView: View = {
  id: "gradients",
  label: "Gradients",
  needs: "words",
  symbol: "∇",
  hint: "What training on the target would write into the weights",
  states: [Gradients],
  parts: [
    {
      part: "",
      label: "At every matrix",
      hint: "What training on the target would write into the weights",
      main: GradientsView,
      asks: (bench) => [bench.use(Gradients).read],
      side: GradientsSide,
      files: (bench) => {
        const { read } = bench.use(Gradients);
        const { result } = read;
        if (result === undefined) return undefined;
        return {
          about: read.about,
          provenance: result.provenance,
          subject: `towards-${result.target.map((t) => t.text.trim()).join("-")}`,
          json: () => result,
          csv: () => read.table(),
        };
      },
    },
  ],
};
