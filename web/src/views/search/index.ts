/** The Search view and its files. */
import type { View } from "../registry";
import NeuronSide from "../neurons/NeuronSide.svelte";
import ClustersView from "./ClustersView.svelte";
import SearchView from "./SearchView.svelte";

export const searchView: View = {
  id: "search",
  label: "Search",
  needs: "words",
  symbol: "⌕",
  hint: "Find the vectors that promote or suppress words",
  parts: [
    {
      part: "",
      label: "Words",
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
    },
    {
      part: "clusters",
      label: "Clusters",
      hint: "Neurons that write the same, as groups",
      main: ClustersView,
      side: NeuronSide,
      files: ({ clusters }) => {
        const { result } = clusters;
        if (result === undefined) return undefined;
        return {
          subject: `clusters-${result.clusters.length}`,
          json: () => result,
          csv: () => [
            ["cluster", "neuron", "size", "cohesion", "promotes"],
            ...result.clusters.flatMap((c) =>
              c.neurons.map((n) => [
                c.id,
                n,
                c.size,
                c.cohesion ?? undefined,
                c.top.map((w) => w.text).join("|"),
              ]),
            ),
          ],
        };
      },
    },
  ],
  run: ({ search }) => void search.ask(true),
};
