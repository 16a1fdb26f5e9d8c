/** The Heads view and its files. */
import { pushScale } from "../../visual/scales";
import { shortName, visible } from "../../visual/text";
import type { View } from "../view";
import PartSide from "../parts/PartSide.svelte";
import { Heads } from "./heads.svelte";
import HeadsView from "./HeadsView.svelte";
import { mapOf } from "./picture";

export const headsView: View = {
  id: "heads",
  label: "Heads",
  needs: "words",
  symbol: "◎",
  hint: "Which heads moved the answer, where they look, and why",
  states: [Heads],
  parts: [
    {
      part: "",
      label: "At one position",
      hint: "Which heads moved the answer, where they look, and why",
      main: HeadsView,
      asks: (bench) => [bench.use(Heads).map],
      side: PartSide,
      files: (bench) => {
        const { session } = bench;
        const heads = bench.use(Heads);
        const { result } = heads.map;
        if (result === undefined) return undefined;
        return {
          about: heads.map.about,
          provenance: result.provenance,
          subject: `heads-${result.heads[0]?.position ?? 0}`,
          json: () => heads.card.result ?? result,
          csv: () => heads.map.table(),
          picture: () => {
            const title = `${shortName(session.modelName ?? "")} · “${session.page.prompt ?? ""}”: push of each head on ${visible(result.target.text)}`;
            const most = Math.max(1e-9, ...result.heads.map((h) => Math.abs(h.push ?? 0)));
            const scale = pushScale(bench.theme.current, most, "push");
            return {
              scene: mapOf(result, (h) => h.push ?? undefined, title, scale),
              title,
              origin: JSON.stringify(result.provenance),
            };
          },
        };
      },
    },
  ],
};
