/** The Lens view and its files. */
import type { ColourBy } from "../../visual/scales";
import { shortName } from "../../visual/text";
import type { View } from "../view";
import { scaleFor } from "./colour";
import LensSide from "./LensSide.svelte";
import LensView from "./LensView.svelte";
import { Lens } from "./lens.svelte";
import { picture } from "./picture";

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
      side: LensSide,
      files: (bench) => {
        const { session, theme } = bench;
        const lens = bench.use(Lens);
        const { result } = lens;
        if (result === undefined) return undefined;
        return {
          subject: lens.settings.text("at"),
          json: () => result,
          csv: () => lens.grid.table(),
          svg: () => {
            const by = lens.settings.text("colour") as ColourBy;
            return picture({
              result,
              rows: lens.rows,
              scale: scaleFor(by, result, theme.current),
              by,
              theme: theme.current,
              position: lens.position,
              title: `${shortName(session.modelName ?? "")} · ${lens.point?.label ?? ""} · “${session.page.prompt ?? ""}”`,
            });
          },
        };
      },
    },
  ],
};
