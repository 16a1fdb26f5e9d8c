/**
 * Records the fixtures of the tests from the engine on the bundled model: `npm run fixtures`, after the view records
 * changed. It starts `./lexiscope serve`, or asks the server that LEXISCOPE_SERVER names.
 */
import { writeFileSync } from "node:fs";
import type { Verbs } from "../src/api/types";
import { real } from "../tests/browser/servers.ts";

const served = await real();
const { origin, searchParams } = new URL(served.url);

async function ask<V extends keyof Verbs>(
  verb: V,
  request: Verbs[V]["request"],
): Promise<Verbs[V]["result"]> {
  const response = await fetch(`${origin}/api/v1/${verb}`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      Authorization: `Bearer ${searchParams.get("token") ?? ""}`,
    },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  if (!response.ok)
    throw new Error(`fixtures: expected an answer of ${verb}, got ${response.status} ${text}`);
  return JSON.parse(text) as Verbs[V]["result"];
}

/** Six digits are enough to draw and to compare. */
function rounded(_name: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
}

function write(name: string, record: unknown): void {
  writeFileSync(`tests/fixtures/${name}.json`, `${JSON.stringify(record, rounded)}\n`);
}

const text = "When Mary and John went to the store, John gave a drink to";
const words = { text, target: " Mary", against: " John" };
try {
  write("info", await ask("info", { model: "microworld" }));
  const { models, ...rest } = await ask("models", {});
  // Where models lie is another place on every machine.
  const bundled = models
    .filter((m) => m.source === "bundled")
    .map((m) => ({ ...m, path: `models/${m.name}` }));
  write("models", { ...rest, models: bundled });
  const at = ["blocks.0.hook_resid_pre", "blocks.*.hook_resid_post"];
  write("lens", await ask("lens", { ...words, at, top: 4 }));
  write(
    "lens-head",
    await ask("lens", {
      text: "The capital of Norway is",
      at: ["blocks.*.attn.hook_result"],
      heads: [3],
      top: 3,
    }),
  );
  write("attribution", await ask("attribution", { ...words, at: "blocks.3.hook_resid_post", top: 8 }));
  write("flow", await ask("flow", { ...words, nodes: 0.6, top: 6, effects: true }));
  write("heads", await ask("heads", { ...words, top: 4, attends: 3, on: "repeated" }));
  write("heads-card", await ask("heads", { ...words, heads: ["L4H6"], top: 6, attends: 4 }));
  write("ffn", await ask("ffn", { ...words, top: 4, words: 5 }));
  write("gradients", await ask("gradients", { ...words, sign: "descent", top: 2, bottom: 1 }));
  write("events", await ask("events", { model: "microworld", examples: 100 }));
  write("checks", await ask("parity", { model: "microworld" }));
} finally {
  await served.stop();
}
