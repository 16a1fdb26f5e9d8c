/** The page on the real server: what a person does in the first minute. Writes the pictures of the README. */
import { mkdirSync } from "node:fs";
import { check, looks, nameOf, test, usual } from "../test.ts";
import { sound } from "../sound.ts";

/** Where pictures go: to those of the README with UPDATE_SCREENSHOTS=1. */
const images = process.env["UPDATE_SCREENSHOTS"] === "1" ? "../docs/images" : "target/screenshots";
mkdirSync(images, { recursive: true });

const pinnedAndSummed = () => document.querySelector("aside")?.textContent?.includes("sums to") ?? false;

/** The address of a view of the model that is served. */
function address({ model }: { model: string | undefined }, view: string, query = ""): string {
  return `#/${view}?${[model === undefined ? "" : `model=${model}`, query].filter((q) => q !== "").join("&")}`;
}

function home({ model }: { model: string | undefined }): string {
  return model === undefined ? "" : `#model=${model}`;
}

for (const look of looks)
  test(`opens on an example and reads every layer, ${nameOf(look)}`, async ({ open, place }) => {
    const page = await open(home(place), look);
    await page.waitForSelector('[role="gridcell"]');
    await page.waitForFunction(pinnedAndSummed);
    await page.evaluate(() => document.fonts.ready);
    await sound(page);
    await page.screenshot({ path: `${images}/lens-${look.width}-${look.theme}.png` });
  });

test("reads every hook point that says it can be read", async ({ open, place }) => {
  const page = await open(home(place));
  await page.waitForSelector('[role="gridcell"]');
  await page.click('nav >> text="Model"');
  const labels = await page.locator("main tr:has(button) td:first-child").allTextContents();
  check(labels.length >= 5, `expected several readable hook points, got ${labels.join()}`);
  for (const [i, label] of labels.entries()) {
    await page.click('nav >> text="Model"');
    await page.locator('main button:has-text("Read in Lens")').nth(i).click();
    await page.waitForSelector('[role="gridcell"], [role="alert"]');
    await page.waitForFunction(
      () => !(document.querySelector(".facts")?.textContent?.includes("reading") ?? false),
    );
    const refusal = await page.locator('main [role="alert"]').allTextContents();
    check(refusal.length === 0, `expected ${label} to be read, got ${refusal.join(" ")}`);
  }
});

test("hovers, pins, changes lens and colour", async ({ open, place }) => {
  const page = await open(home(place));
  await page.waitForFunction(pinnedAndSummed);
  await page.locator("tbody tr").nth(1).locator('[role="gridcell"]').last().hover();
  await page.waitForSelector('[role="tooltip"] >> text=all other words');
  await page.screenshot({ path: `${images}/lens-hover.png` });
  for (const choice of ["raw", "frozenScale", "rank", "entropy", "attn_out", "mlp_out"]) {
    await page.click(`[data-value="${choice}"]`);
    await page.waitForFunction(
      (c) => document.querySelector(`[data-value="${c}"]`)?.getAttribute("aria-checked") === "true",
      choice,
    );
    await page.waitForFunction(
      () => !(document.querySelector(".facts")?.textContent?.includes("reading") ?? false),
    );
    await page.waitForSelector('[role="gridcell"]');
    await sound(page);
  }
});

test("continues the prompt token by token and shows what else could have stood there", async ({
  open,
  place,
}) => {
  const page = await open(address(place, "generate", "g.n=24"));
  await page.waitForSelector("text=Continue the prompt");
  await page.waitForFunction(() => (document.querySelector(".ribbon")?.textContent ?? "").includes("answer"));
  await page.click("text=Continue the prompt");
  await page.waitForSelector(".foot >> text=tokens/s");
  await page.click('[data-index="1"]');
  await page.waitForSelector("aside >> text=all other words");
  await sound(page);
  await page.screenshot({ path: `${images}/generate.png` });
});

test("takes the answer apart into neurons, and opens the card of one", async ({ open, place }) => {
  const page = await open(address(place, "neurons", "card=L0N5&order=score"));
  await page.waitForSelector("article");
  await page.click('article [role="listitem"] > .part');
  await page.waitForSelector("aside .similar");
  await sound(page);
  await page.screenshot({ path: `${images}/neurons.png` });
});

test("finds the neurons that promote a word", async ({ open, place }) => {
  const page = await open(address(place, "search", "query=fire&kind=neuron"));
  await page.click("tbody th .part");
  await page.waitForSelector("aside .similar");
  await sound(page);
  await page.screenshot({ path: `${images}/search.png` });
});

test("takes every position of the prompt apart into events", async ({ open, place }) => {
  const page = await open(address(place, "neurons", "part=events"));
  await page.waitForSelector("main .list tbody tr");
  await sound(page);
});

test("finds clusters, and downloads them from the server", async ({ open, place }) => {
  const page = await open(address(place, "search", "part=clusters&s.clusters.k=50"));
  await page.click("text=Find clusters");
  await page.waitForSelector("main >> text=/\\d clusters? of/");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("text=clusters.csv")]);
  const stream = await download.createReadStream();
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  check(
    text.startsWith("cluster,neuron,size,cohesion,promotes\r\n"),
    `expected a table of clusters, got ${text.slice(0, 80)}`,
  );
});

test("learns rules for early exit and leaves by one of them", async ({ open, place }) => {
  const page = await open(
    address(
      place,
      "generate",
      "part=exit&s.exit.examples=80&s.exit.tests=40&s.exit.splits=2&s.exit.clusters=20&s.exit.prompts=1&s.exit.n=6&g.n=8",
    ),
  );
  await page.click("text=Learn and test");
  // A model that has no texts of its own says so.
  await page.waitForSelector('main figure, main [role="alert"]');
  if ((await page.locator("main figure").count()) === 0) return;
  await sound(page);
  await page.click("text=Use it in Generate");
  await page.waitForSelector(".sides >> text=/the same (up to token|text)/");
  check((await page.locator(".tok sub").count()) > 0, "expected the layer that each token left at");
});

test("runs the detoxification beside its controls", async ({ open, place }) => {
  const page = await open(
    address(place, "edits", "part=detox&s.detox.limit=12&s.detox.draws=1&s.detox.n=12&s.detox.doses=4,8,12"),
    { ...usual, height: 1200 },
  );
  await page.click("text=Run the experiment");
  await page.waitForSelector('main figure, main [role="alert"]');
  if ((await page.locator("main figure").count()) === 0) return;
  await sound(page);
  check((await page.locator("main figure").count()) === 2, "expected two plots");
});

test("tells what the model is", async ({ open, place }) => {
  const page = await open(address(place, "model"));
  await page.waitForSelector("text=Where the numbers come from");
  await sound(page);
  await page.screenshot({ path: `${images}/model.png` });
});

test("answers a hopeless prompt with a sentence", async ({ open, place }) => {
  const page = await open(home(place), usual, 3);
  await page.waitForSelector('[role="gridcell"]');
  await page.fill("#prompt", "word ".repeat(20_000));
  await page.press("#prompt", "Enter");
  await page.waitForSelector('[role="alert"]');
  check(
    /expected/.test((await page.textContent('[role="alert"]')) ?? ""),
    "expected a sentence that says what was expected",
  );
});
