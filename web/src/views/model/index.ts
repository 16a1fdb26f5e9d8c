/** The Model view and its files. */
import { valueOf } from "../../state/load";
import type { View } from "../registry";
import ModelTab from "./ModelTab.svelte";

export const modelView: View = {
  id: "model",
  label: "Model",
  symbol: "◫",
  hint: "What the model is, and whether its numbers are right",
  parts: [
    {
      part: "",
      label: "Model",
      hint: "What the model is, and whether its numbers are right",
      main: ModelTab,
      files: ({ session }) => {
        const info = valueOf(session.info);
        return info === undefined
          ? undefined
          : {
              subject: "",
              json: () => ({ info, parity: valueOf(session.parity), checks: valueOf(session.checks) }),
            };
      },
    },
  ],
  run: (bench) => bench.go("lens"),
};
