import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { fixtureServer } from "./tests/dev/fixture-server.ts";

/** `npm run dev` answers from fixtures; `LEXISCOPE_SERVER=http://…/?token=… npm run dev` asks a running server. */
const address = process.env["LEXISCOPE_SERVER"];
const server = address === undefined ? undefined : new URL(address);

/** The page's own origin is not the server's: requests are passed on as a script's, with the token of the address. */
const proxy = (to: URL) => ({
  target: to.origin,
  changeOrigin: true,
  headers: { Origin: to.origin, Authorization: `Bearer ${to.searchParams.get("token") ?? ""}` },
});

export default defineConfig({
  base: "./",
  plugins: [svelte(), ...(server === undefined ? [fixtureServer()] : [])],
  build: { target: "es2022", assetsInlineLimit: 1024, modulePreload: { polyfill: false } },
  // The glossary is a file of the workbench.
  server: {
    fs: { allow: [".."] },
    ...(server === undefined ? {} : { proxy: { "/api": proxy(server) } }),
  },
  resolve: { conditions: ["browser"] },
  test: {
    environment: "happy-dom",
    css: { include: [/app\.css/] },
    include: ["tests/unit/**/*.test.ts"],
    reporters: ["default", "junit"],
    outputFile: { junit: "reports/unit.xml" },
  },
});
