/** The Model view and its files. */
import type { View } from "../view";
import ModelTab from "./ModelTab.svelte";
import { Jobs } from "./jobs.svelte";
import JobsView from "./JobsView.svelte";
import { Pull } from "./pull.svelte";

export const modelView: View = {
  id: "model",
  label: "Model",
  symbol: "◫",
  hint: "What the model is, and whether its numbers are right",
  states: [Pull, Jobs],
  parts: [
    {
      part: "",
      label: "Model",
      hint: "What the model is, and whether its numbers are right",
      main: ModelTab,
      run: (bench) => bench.go("lens", ""),
      files: ({ session }) => {
        const info = session.info;
        return info === undefined
          ? undefined
          : {
              about: { model: session.modelName ?? "" },
              provenance: info.provenance,
              subject: "",
              json: () => ({ info, parity: session.parity.result, checks: session.checks.result }),
            };
      },
    },
    {
      part: "jobs",
      label: "Jobs",
      hint: "Long jobs of the server: under way, interrupted, done",
      main: JobsView,
      files: () => undefined,
    },
  ],
};
