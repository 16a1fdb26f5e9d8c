/** The Generate view and its files. */
import type { View } from "../view";
import { sheetOf } from "../../visual/plot";
import { shortName } from "../../visual/text";
import { Exit, plotOfRules } from "./exit.svelte";
import ExitView from "./ExitView.svelte";
import { Generation } from "./generate.svelte";
import GenerateSide from "./GenerateSide.svelte";
import GenerateView from "./GenerateView.svelte";

export const generateView: View = {
  id: "generate",
  label: "Generate",
  needs: "continuation",
  symbol: "▶",
  hint: "Let the model go on",
  divider: true,
  states: [Exit, Generation],
  parts: [
    {
      part: "",
      label: "Write on",
      hint: "Let the model go on",
      main: GenerateView,
      asks: (bench) => [bench.use(Generation)],
      run: (bench) => void bench.use(Generation).go(),
      side: GenerateSide,
      files: (bench) => {
        const generation = bench.use(Generation);
        const { result } = generation;
        if (result === undefined) return undefined;
        return {
          about: generation.about,
          provenance: result.provenance,
          subject: "",
          json: () =>
            generation.plainResult === undefined
              ? result
              : { changed: result, unchanged: generation.plainResult },
          csv: () => generation.table(),
        };
      },
    },
    {
      part: "exit",
      label: "Early exit",
      hint: "Rules by which tokens leave the network early: learned, tested, put to use",
      main: ExitView,
      shows: (bench) => bench.use(Exit).learned,
      files: (bench) => {
        const { session } = bench;
        const { learned } = bench.use(Exit);
        const { result } = learned;
        if (result === undefined) return undefined;
        return {
          about: learned.about,
          provenance: result.provenance,
          subject: "early-exit",
          json: () => result,
          csv: () => learned.table(),
          picture: () => {
            const title = `${shortName(session.modelName ?? "")}: rules for leaving the network early`;
            return { scene: sheetOf([plotOfRules(result)], title), title };
          },
        };
      },
    },
  ],
};
