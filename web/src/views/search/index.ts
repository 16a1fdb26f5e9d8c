/** The Search view and its files. */
import type { View } from "../view";
import PartSide from "../parts/PartSide.svelte";
import { Clusters } from "./clusters.svelte";
import ClustersView from "./ClustersView.svelte";
import { Search } from "./search.svelte";
import SearchView from "./SearchView.svelte";

export const searchView: View = {
  id: "search",
  label: "Search",
  needs: "words",
  symbol: "⌕",
  hint: "Find the vectors that promote or suppress words",
  states: [Search, Clusters],
  parts: [
    {
      part: "",
      label: "Words",
      hint: "Find the vectors that promote or suppress words",
      main: SearchView,
      asks: (bench) => [bench.use(Search).found],
      run: (bench) => void bench.use(Search).ask(),
      side: PartSide,
      files: (bench) => {
        const { found, settings } = bench.use(Search);
        const { result } = found;
        if (result === undefined) return undefined;
        return {
          about: found.about,
          provenance: result.provenance,
          subject: settings.text("query"),
          json: () => result,
          csv: () => found.table(),
        };
      },
    },
    {
      part: "clusters",
      label: "Clusters",
      hint: "Neurons that write the same, as groups",
      main: ClustersView,
      shows: (bench) => bench.use(Clusters).found,
      side: PartSide,
      files: (bench) => {
        const { found } = bench.use(Clusters);
        const { result } = found;
        if (result === undefined) return undefined;
        return {
          about: found.about,
          provenance: result.provenance,
          subject: `clusters-${result.clusters.length}`,
          json: () => result,
          csv: () => found.table(),
        };
      },
    },
  ],
};
