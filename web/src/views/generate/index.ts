/** The Generate view and its files. */
import type { View } from "../registry";
import GenerateSide from "./GenerateSide.svelte";
import GenerateView from "./GenerateView.svelte";

export const generateView: View = {
  id: "generate",
  label: "Generate",
  needs: "continuation",
  symbol: "▶",
  hint: "Let the model go on",
  divider: true,
  main: GenerateView,
  side: GenerateSide,
  files: ({ generation }) => {
    const { result } = generation;
    if (result === undefined) return undefined;
    return {
      subject: "",
      json: () =>
        generation.plainResult === undefined
          ? result
          : { changed: result, unchanged: generation.plainResult },
      csv: () => [
        ["index", "id", "text", "probability", "exit layer", "unchanged id", "unchanged text"],
        ...result.generated.map((t, i) => [
          i,
          t.id,
          t.text,
          t.probability ?? undefined,
          t.exitLayer,
          generation.plainTokens[i]?.id,
          generation.plainTokens[i]?.text,
        ]),
      ],
    };
  },
  run: ({ generation }) => void generation.go(),
};
