/** The Lens view and its files. */
import type { ColourBy } from "../../visual/scales";
import { shortName } from "../../visual/text";
import type { View } from "../registry";
import { scaleFor } from "./colour";
import LensSide from "./LensSide.svelte";
import LensView from "./LensView.svelte";
import { picture, table } from "./picture";

export const lensView: View = {
  id: "lens",
  label: "Lens",
  needs: "words",
  symbol: "▤",
  hint: "Every layer and position in words",
  parts: [
    {
      part: "",
      label: "Lens",
      hint: "Every layer and position in words",
      main: LensView,
      side: LensSide,
      files: ({ session, lens, theme }) => {
        const { result } = lens;
        if (result === undefined) return undefined;
        return {
          subject: session.page.at,
          json: () => result,
          csv: () => table(result),
          svg: () => {
            const by = session.page.colour as ColourBy;
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
