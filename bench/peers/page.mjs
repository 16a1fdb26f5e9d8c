/**
 * The page in a real Chromium: from Enter in the prompt until the new grid is drawn, and how long its request took of that.
 *
 *     node bench/peers/page.mjs . 11
 *
 * Starts a warm server of its own. Wants playwright-core in web/node_modules (npm install in web) and a Chromium, at CHROMIUM or where systems put it.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const root = resolve(process.argv[2] ?? ".");
const rounds = Number(process.argv[3] ?? 11);
const tokens = 16;
const sentences = [
  "When Mary and John went to the store, John gave a drink to Mary and Mary gave a book to John.",
  "The capital of Norway is Oslo and the capital of Spain is Madrid and the capital of Chile is Santiago.",
];

const { chromium } = createRequire(join(root, "web", "package.json"))("playwright-core");
const browserPath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => path !== undefined && existsSync(path),
);
if (browserPath === undefined) throw new Error("page: expected Chromium at CHROMIUM or /usr/bin/chromium, got none; install the package chromium");

async function serve() {
  const server = spawn(join(root, "lexiscope"), ["serve", "--no-open", "--quiet", "--port", "0", "--warm"], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((found, failed) => {
    let said = "";
    server.stdout.on("data", (chunk) => {
      said += chunk;
      if (said.includes("\n")) found(said.trim());
    });
    server.on("exit", (code) => failed(new Error(`page: expected a server, got exit code ${code}`)));
  });
  return { server, url };
}

/** The beginning of a text that is exactly so many tokens. */
async function cut(url, text) {
  const response = await fetch(`${url}api/v1/tokenize`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ text }),
  });
  const { tokens: all } = await response.json();
  return text.slice(0, all[tokens - 1].end);
}

/** Milliseconds from Enter until the grid of the prompt is painted, and those of its lens request. */
async function ask(page, prompt) {
  await page.fill("textarea", prompt);
  await page.waitForTimeout(600);
  const drawn = page.evaluate(
    () =>
      new Promise((done) => {
        performance.clearResourceTimings();
        const head = () => document.querySelector('[role="grid"] thead')?.textContent ?? "";
        const before = head();
        const shown = () => head() !== "" && head() !== before;
        let start = 0;
        const observer = new MutationObserver(() => {
          if (start === 0 || !shown()) return;
          observer.disconnect();
          // The frame after the next one has this one's pixels on the screen.
          requestAnimationFrame(() =>
            requestAnimationFrame(() => {
              const request = performance.getEntriesByType("resource").find((entry) => entry.name.endsWith("/api/v1/lens"));
              done({ drawn: performance.now() - start, request: request?.duration ?? Number.NaN });
            }),
          );
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        document.addEventListener("keydown", () => (start = performance.now()), { capture: true, once: true });
      }),
  );
  await page.press("textarea", "Enter");
  return drawn;
}

const { server, url } = await serve();
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"] });
try {
  const prompts = await Promise.all(sentences.map((sentence) => cut(url, sentence)));
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.waitForSelector('[role="gridcell"]');
  const drawn = [];
  const request = [];
  for (let round = -1; round < rounds; round++) {
    // The page opens on another prompt than the first one asked for.
    const measured = await ask(page, prompts[(round + 2) % 2]);
    drawn.push(measured.drawn);
    request.push(measured.request);
  }
  console.log(
    JSON.stringify({ firstMilliseconds: drawn[0], drawnMilliseconds: drawn.slice(1), requestMilliseconds: request.slice(1) }),
  );
} finally {
  await browser.close();
  server.kill();
}
