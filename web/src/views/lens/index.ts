/** The Lens view and its files. */
import type { ColourBy } from "../../visual/scales";
import { shortName } from "../../visual/text";
import type { View } from "../view";
import { scaleFor } from "./colour";
import LensSide from "./LensSide.svelte";
import LensView from "./LensView.svelte";
import { Lens } from "./lens.svelte";
import { sheetOf } from "./picture";

export const lensView: View = {
  id: "lens",
  label: "Lens",
  needs: "words",
  symbol: "▤",
  hint: "Every layer and position in words",
  states: [Lens],
  parts: [
    {
      part: "",
      label: "Lens",
      hint: "Every layer and position in words",
      main: LensView,
      asks: (bench) => [bench.use(Lens).grid],
      side: LensSide,
      files: (bench) => {
        const { session, theme } = bench;
        const lens = bench.use(Lens);
        const { result } = lens;
        if (result === undefined) return undefined;
        return {
          about: lens.grid.about,
          provenance: result.provenance,
          subject: lens.settings.text("at"),
          json: () => result,
          csv: () => lens.grid.table(),
          picture: () => {
            const by = lens.settings.text("colour") as ColourBy;
            const title = `${shortName(session.modelName ?? "")} · ${lens.point?.label ?? ""} · “${session.page.prompt ?? ""}”`;
            const scale = scaleFor(by, result, theme.current);
            const scene = sheetOf({ result, rows: lens.rows, scale, by, position: lens.position, title });
            return { scene, title, origin: result.convention.description };
          },
        };
      },
    },
  ],
};
