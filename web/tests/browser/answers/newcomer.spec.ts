/** What the page tells somebody who sees it for the first time, by any means they have. */
import { accessible } from "../sound.ts";
import { check, test, usual } from "../test.ts";
import { long, ready } from "./states.ts";

test("says what it is, and its title and a live region say the answer", async ({ open }) => {
  const page = await open("#/lens");
  await ready(page);
  await page.waitForSelector("main >> text=reads what happens inside it");
  check((await page.locator("h1").count()) === 1, "expected one h1");
  const title = await page.title();
  check(/^Lens · .* → .* · Lexiscope$/.test(title), `expected the answer in the title, got ${title}`);
  await page.waitForSelector('[role="status"]:has-text("The model answers")', { state: "attached" });
  await page.click('nav >> text="Model"');
  await page.waitForFunction(() => document.title.startsWith("Model"));
});

test("the first Tab leads past everything to the view, and leaves the address alone", async ({ open }) => {
  const page = await open("#/lens");
  await ready(page);
  const before = page.url();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  check(
    await page.evaluate(() => document.activeElement?.id === "main"),
    "expected the view to have the focus",
  );
  check(page.url() === before, "expected the same address");
});

test("a question mark says what the glossary says", async ({ open }) => {
  const page = await open("#/lens");
  await ready(page);
  await page.click('[aria-label="What is hook point?"]');
  await page.waitForSelector('[role="note"] >> text=A named place in the model');
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.fill("#term", "perplex");
  check((await page.locator("dialog .terms dt").count()) === 1, "expected one term called so");
});

test("shows the model card, and says of a folder that is typed why it does not open", async ({ open }) => {
  const page = await open("#/model", usual, 1);
  await page.waitForSelector('[aria-label="Model card"] >> text=Knows a small world');
  await page.click('button[aria-label^="Choose a model"]');
  await page.fill('input[placeholder^="folder of a model"]', "/models/mine");
  await page.click('button:text-is("Open")');
  await page.waitForSelector('main [role="alert"] >> text=expected a model at hand, got /models/mine');
  check(page.url().includes("mine"), "expected the folder in the address");
});

test("an experiment says what it needs before it is begun, and its result begins with a sentence", async ({
  open,
}) => {
  const page = await open("#/generate?part=exit");
  await page.waitForSelector(".needs >> text=about a minute");
  await page.click("text=Learn and test");
  await page.waitForSelector(".conclusion >> text=layers on average");
});

test("the prompt is seen whole, and the grid says that it goes on", async ({ open }) => {
  for (const width of [1440, 1024]) {
    const page = await open("#/lens", { ...usual, width });
    await ready(page);
    const hidden = await page.locator("#prompt").evaluate((e) => e.scrollHeight - e.clientHeight);
    check(hidden <= 1, `expected the whole prompt at ${width}, got ${hidden} pixels of it hidden`);
  }
  const deep = await open(`#/lens?model=deep-model&target=+Mary&prompt=${encodeURIComponent(long)}`);
  await ready(deep);
  check(
    /← \d+ more/.test((await deep.textContent(".more")) ?? ""),
    "expected the grid to say it begins before",
  );
});

for (const theme of ["light", "dark"] as const)
  test(`fits a telephone, ${theme}`, async ({ open }) => {
    const page = await open("#/lens", { width: 390, height: 844, theme });
    await ready(page);
    for (const view of ["lens", "heads", "neurons", "edits", "model"]) {
      await page.click(`nav[aria-label="Views"] button:has-text("${view}")`);
      await page.waitForTimeout(400);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(over <= 0, `expected ${view} to fit, got ${over} pixels more`);
      await accessible(page);
    }
  });
