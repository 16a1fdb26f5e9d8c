/** The Inversion view and its files. */
import { sheetOf } from "../../visual/plot";
import type { View } from "../view";
import { curveOf, Inversion } from "./inversion.svelte";
import InversionView from "./InversionView.svelte";

export const inversionView: View = {
  id: "inversion",
  label: "Inversion",
  needs: "words",
  symbol: "⇄",
  hint: "Which inputs share an activation",
  states: [Inversion],
  parts: [
    {
      part: "",
      label: "Inversion",
      hint: "Which inputs share an activation",
      main: InversionView,
      shows: (bench) => bench.use(Inversion).found,
      files: (bench) => {
        const { found } = bench.use(Inversion);
        const { result } = found;
        if (result === undefined) return undefined;
        const { query } = result;
        return {
          about: found.about,
          provenance: result.provenance,
          subject: `inversion-${query.name ?? query.at}-${query.position}`,
          json: () => result,
          csv: () => found.table(),
          picture: () => {
            const title = `Inputs that share ${query.name ?? query.at} at position ${query.position}`;
            return { title, scene: sheetOf([curveOf(result)], title) };
          },
        };
      },
    },
  ],
};
