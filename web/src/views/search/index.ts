/** The Search view and its files. */
import type { View } from "../registry";
import NeuronSide from "../neurons/NeuronSide.svelte";
import SearchView from "./SearchView.svelte";

export const searchView: View = {
  id: "search",
  label: "Search",
  needs: "words",
  symbol: "⌕",
  hint: "Find the vectors that promote or suppress words",
  main: SearchView,
  side: NeuronSide,
  files: ({ session, search }) => {
    const { result } = search;
    if (result === undefined) return undefined;
    return {
      subject: session.page.query ?? "",
      json: () => result,
      csv: () => [
        ["name", "layer", "score", "length", "firing rate", "promotes", "suppresses"],
        ...result.hits.map((h) => [
          h.label,
          h.layer,
          h.score ?? undefined,
          h.norm ?? undefined,
          h.rate ?? undefined,
          h.top.map((w) => w.text).join("|"),
          h.bottom.map((w) => w.text).join("|"),
        ]),
      ],
    };
  },
  run: ({ search }) => void search.ask(true),
};
