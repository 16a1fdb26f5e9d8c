/** The Generate view and its files. */
import type { View } from "../registry";
import GenerateSide from "./GenerateSide.svelte";
import GenerateView from "./GenerateView.svelte";

export const generateView: View = {
  id: "generate",
  label: "Generate",
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
      json: () => result,
      csv: () => [
        ["index", "id", "text", "probability"],
        ...result.generated.map((t, i) => [i, t.id, t.text, t.probability ?? undefined]),
      ],
    };
  },
  run: ({ generation }) => void generation.go(),
};
