/** What every browser test begins with: a page that is served, opened at an address, and must not complain. */
import { expect, test as base, type Page } from "@playwright/test";
import { answered, real, type Served } from "./servers.ts";

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly theme: "light" | "dark";
}

export const usual: Look = { width: 1440, height: 900, theme: "light" };

export const looks: readonly Look[] = [
  usual,
  { ...usual, theme: "dark" },
  { width: 1024, height: 768, theme: "light" },
  { width: 1024, height: 768, theme: "dark" },
];

export function nameOf({ width, height, theme }: Look): string {
  return `${width} × ${height}, ${theme}`;
}

/** Opens the page at a hash; a test that provokes refusals says how many complaints of the console it expects. */
export type Open = (hash: string, look?: Look, refusals?: number) => Promise<Page>;

export interface Options {
  /** What the page is served with: answers from files, or the real server. */
  readonly on: "answers" | "real";
  readonly place: Served;
}

export function check(condition: boolean, message: string): asserts condition {
  expect(condition, message).toBe(true);
}

export const test = base.extend<{ open: Open }, Options>({
  on: ["answers", { scope: "worker", option: true }],

  place: [
    async ({ on }, use) => {
      const served = await (on === "real" ? real() : answered());
      await use(served);
      await served.stop();
    },
    { scope: "worker", timeout: 700_000 },
  ],

  open: async ({ browser, on, place }, use) => {
    // Jobs stand on the server: those of one test are none of another's.
    const served = on === "answers" ? await answered() : place;
    const opened: { refusals: number; complaints: string[]; close: () => Promise<void> }[] = [];
    await use(async (hash, look = usual, refusals = 0) => {
      const context = await browser.newContext({
        viewport: { width: look.width, height: look.height },
        colorScheme: look.theme,
        reducedMotion: "reduce",
        permissions: ["clipboard-read", "clipboard-write"],
        acceptDownloads: true,
      });
      const complaints: string[] = [];
      const page = await context.newPage();
      page.setDefaultTimeout(Number(process.env["BROWSER_TIMEOUT"] ?? 120_000));
      page.on("console", (m) => ["error", "warning"].includes(m.type()) && complaints.push(m.text()));
      page.on("pageerror", (e) => complaints.push(String(e)));
      opened.push({ refusals, complaints, close: () => context.close() });
      await page.goto(served.url + hash);
      return page;
    });
    for (const { close } of opened) await close();
    if (served !== place) await served.stop();
    for (const { refusals, complaints } of opened) {
      check(
        complaints.length <= refusals,
        `expected no complaint on the console, got:\n${complaints.join("\n")}`,
      );
    }
  },
});
