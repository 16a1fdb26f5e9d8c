/** Runs named browser tests one after the other and writes a JUnit report; no framework, one Chromium. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly theme: "light" | "dark";
}

export interface Place {
  /** Where the page is served, with a trailing slash. */
  readonly url: string;
  /** The model's name as it stands in an address; the default model when absent. */
  readonly model: string | undefined;
  readonly browser: Browser;
}

interface Outcome {
  readonly suite: string;
  readonly name: string;
  readonly seconds: number;
  readonly failure?: string;
  readonly skipped?: string;
}

export class SkipError extends Error {}

export function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Chromium, or undefined where it is missing and not required. */
export async function openBrowser(): Promise<Browser> {
  const wanted = process.env["LEXISCOPE_BROWSER"];
  const candidates = [
    process.env["CHROMIUM"],
    wanted,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  const path = candidates.find((c): c is string => c !== undefined && existsSync(c));
  if (path === undefined) {
    const message =
      "browser tests: expected Chromium at CHROMIUM or /usr/bin/chromium, got none; install the package chromium";
    if (wanted === "required") throw new Error(message);
    throw new SkipError(`${message} (LEXISCOPE_BROWSER=required makes this a failure)`);
  }
  return chromium.launch({
    executablePath: path,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export class Runner {
  readonly #outcomes: Outcome[] = [];

  /** Runs one test, if its name has what BROWSER_TEST asks for. */
  async test(suite: string, name: string, body: () => Promise<void>): Promise<void> {
    const only = process.env["BROWSER_TEST"];
    if (only !== undefined && name !== "starts" && name !== "is there" && !name.includes(only)) return;
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1000;
    try {
      await body();
      this.#outcomes.push({ suite, name, seconds: seconds() });
      console.log(`  ✓ ${suite}: ${name}`);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (error instanceof SkipError) {
        this.#outcomes.push({ suite, name, seconds: seconds(), skipped: message });
        console.log(`  – ${suite}: ${name} (skipped: ${message})`);
      } else {
        this.#outcomes.push({ suite, name, seconds: seconds(), failure: message });
        console.log(`  ✗ ${suite}: ${name}\n      ${message.replaceAll("\n", "\n      ")}`);
      }
    }
  }

  /** Writes reports/browser.xml; gives the number of failed tests. */
  finish(): number {
    const failed = this.#outcomes.filter((o) => o.failure !== undefined).length;
    const skipped = this.#outcomes.filter((o) => o.skipped !== undefined).length;
    const cases = this.#outcomes.map((o) => {
      const inside =
        o.failure !== undefined
          ? `<failure message="${xml(o.failure)}"/>`
          : o.skipped !== undefined
            ? `<skipped message="${xml(o.skipped)}"/>`
            : "";
      return `  <testcase classname="${xml(o.suite)}" name="${xml(o.name)}" time="${o.seconds.toFixed(3)}">${inside}</testcase>`;
    });
    mkdirSync("reports", { recursive: true });
    const head = `<testsuite name="browser" tests="${this.#outcomes.length}" failures="${failed}" skipped="${skipped}">`;
    writeFileSync(
      "reports/browser.xml",
      ['<?xml version="1.0"?>', head, ...cases, "</testsuite>", ""].join("\n"),
    );
    console.log(
      `browser: ${this.#outcomes.length - failed - skipped} passed, ${failed} failed, ${skipped} skipped`,
    );
    return failed;
  }
}

function xml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;");
}

/** Opens the page, gives it to the body, and fails if the page complained on its console. */
export async function onPage(
  place: Place,
  hash: string,
  look: Look,
  body: (page: Page) => Promise<void>,
  expectedErrors = 0,
): Promise<void> {
  const context = await place.browser.newContext({
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
  try {
    await page.goto(place.url + hash);
    await body(page);
    check(
      complaints.length <= expectedErrors,
      `expected no complaint on the console, got:\n${complaints.join("\n")}`,
    );
  } finally {
    await context.close();
  }
}
