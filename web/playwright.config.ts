/** The browser tests: `npm run browser` after `npm run build`; `npm run browser -- -g NAME` runs some of them. */
import { defineConfig } from "@playwright/test";
import { browserPath } from "./tests/browser/chromium.ts";
import type { Options } from "./tests/browser/test.ts";

const executablePath = browserPath();

export default defineConfig<object, Options>({
  testDir: "tests/browser",
  outputDir: "target/browser",
  fullyParallel: true,
  workers: 2,
  // A page on a busy machine is slow, not wrong.
  timeout: 180_000,
  forbidOnly: true,
  reporter: [["list"], ["junit", { outputFile: "reports/browser.xml", stripANSIControlSequences: true }]],
  use: {
    browserName: "chromium",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects:
    executablePath === undefined
      ? [{ name: "no browser", testMatch: "missing.spec.ts" }]
      : [
          { name: "answers", testMatch: "answers/*.spec.ts", use: { on: "answers" } },
          { name: "real server", testMatch: "real/*.spec.ts", workers: 1, use: { on: "real" } },
        ],
});
