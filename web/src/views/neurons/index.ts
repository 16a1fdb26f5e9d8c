/** The Neurons view and its files. */
import { shortName } from "../../visual/text";
import type { View } from "../view";
import { sheetOf } from "../../visual/plot";
import CorpusView from "./CorpusView.svelte";
import { Card } from "./card.svelte";
import { CorpusEvents, plotsOf, PromptEvents } from "./events.svelte";
import EventsView from "./EventsView.svelte";
import PartSide from "../parts/PartSide.svelte";
import { Neurons } from "./neurons.svelte";
import NeuronsView from "./NeuronsView.svelte";
import { sheetOf as accountOf } from "./picture";

export const neuronsView: View = {
  id: "neurons",
  label: "Neurons",
  needs: "words",
  symbol: "◍",
  hint: "Which neurons pushed the answer",
  states: [Neurons, Card, PromptEvents, CorpusEvents],
  parts: [
    {
      part: "",
      label: "At one position",
      hint: "Which neurons pushed the answer",
      main: NeuronsView,
      asks: (bench) => [bench.use(Neurons).taken],
      side: PartSide,
      files: (bench) => {
        const { session } = bench;
        const { taken } = bench.use(Neurons);
        const { result, about } = taken;
        if (result === undefined) return undefined;
        return {
          about,
          provenance: result.provenance,
          subject: `position-${result.layers[0]?.position ?? 0}`,
          json: () => result,
          csv: () => taken.table("sub-updates.csv"),
          picture: () => {
            const title = `${shortName(session.modelName ?? "")} · “${session.page.prompt ?? ""}”`;
            return { scene: accountOf(result, title), title };
          },
        };
      },
    },
    {
      part: "events",
      label: "Events of the prompt",
      hint: "Where answers are settled and leading words pushed down, and by which neurons",
      main: EventsView,
      asks: (bench) => [bench.use(PromptEvents).seen],
      side: PartSide,
      files: (bench) => {
        const { seen } = bench.use(PromptEvents);
        const { result, about } = seen;
        if (result === undefined) return undefined;
        return {
          about,
          provenance: result.provenance,
          subject: "events",
          json: () => ({
            model: result.model,
            tokens: result.tokens,
            events: result.events,
            provenance: result.provenance,
          }),
          csv: () => seen.table("events.csv"),
        };
      },
    },
    {
      part: "corpus",
      label: "Over many prompts",
      hint: "The same events counted over many prompts",
      main: CorpusView,
      shows: (bench) => bench.use(CorpusEvents).counted,
      files: (bench) => {
        const { session } = bench;
        const { counted, settings } = bench.use(CorpusEvents);
        const { result } = counted;
        if (result === undefined) return undefined;
        return {
          about: counted.about,
          provenance: result.provenance,
          subject: "events-corpus",
          json: () => result,
          csv: () => counted.table(),
          picture: () => {
            const title = `${shortName(session.modelName ?? "")}: events of feed-forward layers over ${result.examples} prompts`;
            return { scene: sheetOf(plotsOf(result, settings.text("extreme") === "without"), title), title };
          },
        };
      },
    },
  ],
};
