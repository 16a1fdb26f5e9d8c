/** The page on the real server: what a person does in the first minute. Writes the pictures of the README. */
import { check, onPage, type Look, type Place, type Runner } from "./harness.ts";
import { named, readable, unclipped } from "./inspect.ts";

const suite = "the page on the real server";
const sizes: readonly (readonly [number, number])[] = [
  [1440, 900],
  [1024, 768],
];
const themes = ["light", "dark"] as const;
const pinnedAndSummed = () => document.querySelector("aside")?.textContent?.includes("sums to") ?? false;

export async function realTests(runner: Runner, place: Place, images: string): Promise<void> {
  const test = (name: string, body: () => Promise<void>) => runner.test(suite, name, body);
  const address = (view: string, query = "") =>
    `#/${view}?${[place.model === undefined ? "" : `model=${place.model}`, query].filter((q) => q !== "").join("&")}`;
  const home = place.model === undefined ? "" : `#model=${place.model}`;
  const looks = sizes.flatMap(([width, height]) => themes.map((theme): Look => ({ width, height, theme })));

  for (const look of looks)
    await test(`opens on an example and reads every layer, ${look.width} × ${look.height}, ${look.theme}`, () =>
      onPage(place, home, look, async (page) => {
        await page.waitForSelector('[role="gridcell"]');
        await page.waitForFunction(pinnedAndSummed);
        await page.evaluate(() => document.fonts.ready);
        await readable(page);
        await unclipped(page);
        await named(page);
        await page.screenshot({ path: `${images}/lens-${look.width}-${look.theme}.png` });
      }));

  const usual: Look = { width: 1440, height: 900, theme: "light" };

  await test("reads every hook point that says it can be read", () =>
    onPage(place, home, usual, async (page) => {
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
    }));

  await test("hovers, pins, changes lens and colour", () =>
    onPage(place, home, usual, async (page) => {
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
        await readable(page);
      }
    }));

  await test("continues the prompt token by token and shows what else could have stood there", () =>
    onPage(place, address("generate", "g.n=24"), usual, async (page) => {
      await page.waitForSelector("text=Continue the prompt");
      await page.waitForFunction(() =>
        (document.querySelector(".ribbon")?.textContent ?? "").includes("answer"),
      );
      await page.click("text=Continue the prompt");
      await page.waitForSelector(".foot >> text=tokens/s");
      await page.click('[data-index="1"]');
      await page.waitForSelector("aside >> text=all other words");
      await readable(page);
      await unclipped(page);
      await page.screenshot({ path: `${images}/generate.png` });
    }));

  await test("takes the answer apart into neurons, and opens the card of one", () =>
    onPage(place, address("neurons", "neuron=L0N5&order=score"), usual, async (page) => {
      await page.waitForSelector("article");
      await page.click("article button.name");
      await page.waitForSelector("aside .similar");
      await readable(page);
      await unclipped(page);
      await page.screenshot({ path: `${images}/neurons.png` });
    }));

  await test("finds the neurons that promote a word", () =>
    onPage(place, address("search", "query=fire&kind=neuron"), usual, async (page) => {
      await page.click("tbody button.name");
      await page.waitForSelector("aside .similar");
      await readable(page);
      await unclipped(page);
      await page.screenshot({ path: `${images}/search.png` });
    }));

  await test("takes every position of the prompt apart into events", () =>
    onPage(place, address("neurons", "part=events"), usual, async (page) => {
      await page.waitForSelector("main .list tbody tr");
      await readable(page);
      await unclipped(page);
    }));

  await test("finds clusters, and downloads them from the server", () =>
    onPage(place, address("search", "part=clusters&s.clusters.k=50"), usual, async (page) => {
      await page.click("text=Find clusters");
      await page.waitForSelector("main >> text=/50 clusters of/");
      const [download] = await Promise.all([page.waitForEvent("download"), page.click("text=clusters.csv")]);
      const stream = await download.createReadStream();
      let text = "";
      for await (const chunk of stream) text += String(chunk);
      check(
        text.startsWith("cluster,neuron,size,cohesion,promotes\r\n"),
        `expected a table of clusters, got ${text.slice(0, 80)}`,
      );
    }));

  await test("learns rules for early exit and leaves by one of them", () =>
    onPage(
      place,
      address(
        "generate",
        "part=exit&s.exit.examples=80&s.exit.tests=40&s.exit.splits=2&s.exit.clusters=20&s.exit.prompts=1&s.exit.n=6&g.n=8",
      ),
      usual,
      async (page) => {
        await page.click("text=Learn and test");
        // A model that has no texts of its own says so.
        await page.waitForSelector('main figure, main [role="alert"]');
        if ((await page.locator("main figure").count()) === 0) return;
        await readable(page);
        await unclipped(page);
        await page.click("text=Use it in Generate");
        await page.waitForSelector(".sides >> text=/the same (up to token|text)/");
        check((await page.locator(".tok sub").count()) > 0, "expected the layer that each token left at");
      },
    ));

  await test("runs the detoxification beside its controls", () =>
    onPage(
      place,
      address("edits", "part=detox&s.detox.limit=12&s.detox.draws=1&s.detox.n=12&s.detox.doses=4,8,12"),
      { ...usual, height: 1200 },
      async (page) => {
        await page.click("text=Run the experiment");
        await page.waitForSelector('main figure, main [role="alert"]');
        if ((await page.locator("main figure").count()) === 0) return;
        await readable(page);
        await unclipped(page);
        check((await page.locator("main figure").count()) === 2, "expected two plots");
      },
    ));

  await test("tells what the model is", () =>
    onPage(place, address("model"), usual, async (page) => {
      await page.waitForSelector("text=Where the numbers come from");
      await readable(page);
      await unclipped(page);
      await page.screenshot({ path: `${images}/model.png` });
    }));

  await test("answers a hopeless prompt with a sentence", () =>
    onPage(
      place,
      home,
      usual,
      async (page) => {
        await page.waitForSelector('[role="gridcell"]');
        await page.fill("#prompt", "word ".repeat(20_000));
        await page.press("#prompt", "Enter");
        await page.waitForSelector('[role="alert"]');
        check(
          /expected/.test((await page.textContent('[role="alert"]')) ?? ""),
          "expected a sentence that says what was expected",
        );
      },
      3,
    ));
}
