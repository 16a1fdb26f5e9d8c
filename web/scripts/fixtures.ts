/** Writes the fixtures of the unit tests: `npm run fixtures`, after the view records changed. */
import { writeFileSync } from "node:fs";
import * as pretend from "../tests/dev/pretend.ts";

const text = "When Mary and John went to the store, John gave a drink to";
const common = { text, target: " Mary", against: " John" };
const fixtures = {
  lens: pretend.lens({ ...common, at: ["blocks.0.hook_resid_pre", "blocks.*.hook_resid_post"], top: 10 }),
  "lens-head": pretend.lens({
    text: "The capital of Norway is",
    at: ["blocks.*.attn.hook_result"],
    heads: [3],
    top: 3,
  }),
  attribution: pretend.attribution({ ...common, at: "blocks.3.hook_resid_post", position: 13 }),
  info: pretend.info("microworld"),
};
for (const [name, record] of Object.entries(fixtures))
  writeFileSync(`tests/fixtures/${name}.json`, `${JSON.stringify(record, null, 1)}\n`);
