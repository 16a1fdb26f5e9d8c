// Runs a TypeScript file of this folder with what is installed already: node scripts/run.mjs FILE
import { runnerImport } from "vite";

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error("run: expected a file, got none; for example node scripts/run.mjs scripts/fixtures.ts");
  process.exit(2);
}
await runnerImport(`./${file}`, { configFile: false, logLevel: "warn" });
