/** The Edits view and its files. */
import type { View } from "../view";
import { sheetOf } from "../../visual/plot";
import { shortName } from "../../visual/text";
import { Comparison } from "./comparison.svelte";
import { Detox, plotsOfDoses } from "./detox.svelte";
import DetoxView from "./DetoxView.svelte";
import EditsView from "./EditsView.svelte";

export const editsView: View = {
  id: "edits",
  label: "Edits",
  needs: "words",
  symbol: "✎",
  hint: "What is changed in the model, and what that does",
  count: ({ session }) => session.edits.inForce.length,
  states: [Comparison, Detox],
  parts: [
    {
      part: "",
      label: "In force",
      hint: "What is changed in the model, and what that does",
      main: EditsView,
      asks: (bench) => [bench.use(Comparison).effect],
      files: (bench) => {
        const { session } = bench;
        const { effect } = bench.use(Comparison);
        const { result, about } = effect;
        if (result === undefined) return undefined;
        return {
          about,
          provenance: result.provenance,
          subject: "comparison",
          json: () => ({ ...result, interventions: session.edits.file() }),
          csv: () => effect.table(),
        };
      },
    },
    {
      part: "detox",
      label: "Detoxification",
      hint: "An experiment: value vectors set against rude answers, beside controls",
      main: DetoxView,
      shows: (bench) => bench.use(Detox).trial,
      files: (bench) => {
        const { session } = bench;
        const { trial } = bench.use(Detox);
        const { result } = trial;
        if (result === undefined) return undefined;
        return {
          about: trial.about,
          provenance: result.provenance,
          subject: "detox",
          json: () => result,
          csv: () => trial.table(),
          picture: () => {
            const title = `${shortName(session.modelName ?? "")}: ${result.vectors.length} value vectors set to a coefficient`;
            return { scene: sheetOf(plotsOfDoses(result), title), title };
          },
        };
      },
    },
  ],
};
