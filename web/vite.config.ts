import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { fixtureServer } from "./tests/dev/fixture-server.ts";

/** `npm run dev` answers from fixtures; `LEXISCOPE_SERVER=http://… npm run dev` asks a running server. */
const server = process.env["LEXISCOPE_SERVER"];

export default defineConfig({
  base: "./",
  plugins: [svelte(), ...(server === undefined ? [fixtureServer()] : [])],
  build: { target: "es2022", assetsInlineLimit: 1024, modulePreload: { polyfill: false } },
  ...(server === undefined ? {} : { server: { proxy: { "/api": { target: server, changeOrigin: true } } } }),
  resolve: { conditions: ["browser"] },
  test: {
    environment: "happy-dom",
    css: { include: [/app\.css/] },
    include: ["tests/unit/**/*.test.ts"],
    reporters: ["default", "junit"],
    outputFile: { junit: "reports/unit.xml" },
  },
});
