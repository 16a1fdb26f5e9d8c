/** The Edits view and its files. */
import type { View } from "../registry";
import EditsView from "./EditsView.svelte";
import { pairs } from "./words";

export const editsView: View = {
  id: "edits",
  label: "Edits",
  needs: "words",
  symbol: "✎",
  hint: "What is changed in the model, and what that does",
  main: EditsView,
  count: ({ session }) => session.edits.inForce.length,
  files: ({ session, comparison }) => {
    const { result } = comparison;
    if (result === undefined) return undefined;
    return {
      subject: "comparison",
      json: () => ({ ...result, interventions: session.edits.file() }),
      csv: () => [
        ["position", "id", "text", "probability before", "probability after"],
        ...result.positions.flatMap((at) =>
          pairs(at).map((w) => [at.position, w.id, w.text, w.before ?? undefined, w.after ?? undefined]),
        ),
      ],
    };
  },
};
