/** The browser tests: `npm run browser` after `npm run build`. UPDATE_SCREENSHOTS=1 renews docs/images. */
import { mkdirSync } from "node:fs";
import { openBrowser, Runner, type Place } from "./harness.ts";
import { pretendedTests } from "./pretended.ts";
import { realTests } from "./real.ts";
import { pretended, real, type Served } from "./servers.ts";

const runner = new Runner();
const images = process.env["UPDATE_SCREENSHOTS"] === "1" ? "../docs/images" : "target/screenshots";
mkdirSync(images, { recursive: true });

async function suite(
  name: string,
  start: () => Promise<Served>,
  tests: (place: Place) => Promise<void>,
  browser: Place["browser"],
) {
  let served: Served | undefined;
  await runner.test(name, "starts", async () => {
    served = await start();
  });
  if (served === undefined) return;
  try {
    await tests({ ...served, browser });
  } finally {
    await served.stop();
  }
}

let browser: Place["browser"] | undefined;
await runner.test("the browser", "is there", async () => {
  browser = await openBrowser();
});
if (browser !== undefined) {
  const opened = browser;
  const only = process.env["BROWSER_SUITE"];
  try {
    if (only !== "real")
      await suite(
        "the page on invented records",
        pretended,
        (place) => pretendedTests(runner, place),
        opened,
      );
    if (only !== "pretended")
      await suite("the page on the real server", real, (place) => realTests(runner, place, images), opened);
  } finally {
    await opened.close();
  }
}
process.exit(runner.finish() > 0 ? 1 : 0);
