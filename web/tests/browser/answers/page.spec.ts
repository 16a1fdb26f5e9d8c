/** Every state of the page, on answers from files: sizes, themes, keys, links, files, errors. */
import { check, looks, nameOf, test, usual, type Look } from "../test.ts";
import { accessible, sound, unclipped } from "../sound.ts";
import { cell, long, ready, states } from "./states.ts";

/** Reading a whole page by axe takes its time, so each state is read in either theme at one of the sizes. */
function read({ width, theme }: Look): boolean {
  return width > 1100 === (theme === "light");
}

for (const [state, [hash, prepare]] of Object.entries(states))
  for (const look of looks)
    test(`${state}, ${nameOf(look)}: ${read(look) ? "within reach of everyone, and whole" : "whole"}`, async ({
      open,
    }) => {
      const page = await open(hash, look);
      await prepare(page);
      if (read(look)) await accessible(page);
      await unclipped(page);
    });

for (const state of ["the search", "the edits", "the neurons", "the events of the prompt"])
  test(`${state}, on a phone: nothing beside the window`, async ({ open }) => {
    const [hash, prepare] = states[state] ?? [];
    if (hash === undefined || prepare === undefined) throw new Error(`no state ${state}`);
    const page = await open(hash, { width: 390, height: 844, theme: "light" });
    await prepare(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    check(width <= 390, `expected the page within 390 px, got ${width}`);
  });

test("arrows move, Enter pins, T sets the target, Escape closes", async ({ open }) => {
  const page = await open("#/lens");
  await ready(page);
  await page.focus(cell(6, 13));
  for (const key of ["ArrowDown", "ArrowDown", "ArrowLeft"]) await page.keyboard.press(key);
  await page.waitForSelector(`${cell(4, 12)}:focus`);
  await page.waitForSelector('[role="tooltip"]');
  await page.keyboard.press("Enter");
  await page.waitForSelector("aside >> text=layer 3 · position 12");
  await page.keyboard.press("End");
  await page.keyboard.press("PageDown");
  await page.waitForSelector(`${cell(0, 13)}:focus`);
  const word = (await page.textContent(`${cell(0, 13)} .word`)) ?? "";
  await page.keyboard.press("t");
  await page.waitForFunction(
    (w) => document.querySelector<HTMLInputElement>(".target input")?.value === w,
    word,
  );
  await page.keyboard.press("?");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog[open]", { state: "detached" });
});

test("a copied link restores the whole page", async ({ open }) => {
  const page = await open("#/lens");
  await ready(page);
  await page.click("text=entropy");
  await page.click("text=attn_out");
  await page.waitForSelector("aside h2:has-text('attn_out')");
  await page.click(cell(2, 5));
  await page.click("text=Copy link");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto("about:blank");
  await page.goto(link);
  await page.waitForSelector("aside h2:has-text('attn_out')");
  await page.waitForSelector("aside >> text=layer 2 · position 5");
  check(
    (await page.getAttribute('[data-value="entropy"]', "aria-checked")) === "true",
    "expected the colour in the link, got another",
  );
});

test("the target completes from the vocabulary", async ({ open }) => {
  const page = await open("#/lens");
  await ready(page);
  await page.click(".target input >> nth=0");
  await page.keyboard.type("Os");
  await page.waitForSelector("role=option[name=/Oslo/]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".foot >> text=␣Oslo");
  check(page.url().includes("target=+Oslo"), `expected the target in the address, got ${page.url()}`);
});

test("a typed edit is in force everywhere, in the link, and can be switched off", async ({ open }) => {
  const page = await open("#/edits");
  await page.fill('[aria-label="Add an intervention"]', "fire off");
  await page.click("main >> text=Add");
  await page.waitForSelector('main [role="alert"] >> text=Not an intervention');
  await page.fill('[aria-label="Add an intervention"]', "L3N12 ×0");
  const asked = page.waitForRequest(
    (r) => r.url().endsWith("/lens") && (r.postData() ?? "").includes('"interventions":[{"kind":"scale"'),
  );
  await page.click("main >> text=Add");
  await asked;
  await page.waitForSelector(".strip >> text=1 in force");
  await page.waitForSelector(".strip >> text=/KL .* nats/");
  check(page.url().includes("edits="), `expected the edit in the address, got ${page.url()}`);
  await page.reload();
  await page.waitForSelector("main >> text=How it goes on");
  await page.click(".strip >> text=Switch off");
  await page.waitForSelector(".strip >> text=the model runs as it was opened");
  await page.click('[aria-label="Remove L3N12 × 0"]');
  await page.waitForSelector("text=Nothing is changed");
});

test("a neuron opens its card, is switched off, and the strip says what that does", async ({ open }) => {
  const page = await open("#/neurons");
  await page.waitForSelector("article >> text=/saturation: .*Mary rises 4 → 1/");
  await page.focus('article [role="listitem"] > .part >> nth=0');
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForSelector("aside h2:has-text('L5N')");
  await page.click("aside >> text=Off");
  await page.waitForSelector("aside >> text=/KL/");
  await page.waitForSelector(".strip >> text=1 in force");
  await page.fill('aside input[type="range"]', "1.5");
  await page.waitForSelector(".strip >> text=× 1.5");
  check(
    page.url().includes("card=L5N") && page.url().includes("edits="),
    `expected the card and the edit in the address, got ${page.url()}`,
  );
  await page.click('[data-value="score"]');
  await page.waitForFunction(() => location.hash.includes("order=score"));
});

test("a search builds its index with progress, finds, opens a card, and keeps a group", async ({ open }) => {
  const page = await open("#/search");
  await page.fill('[aria-label="Words to search for"]', "slow");
  await page.keyboard.press("Enter");
  await page.waitForSelector("main >> text=/Building the index/");
  await page.click("main >> text=Cancel");
  await page.waitForSelector('main [role="progressbar"]', { state: "detached" });
  await page.fill('[aria-label="Words to search for"]', "xyzzy");
  await page.keyboard.press("Enter");
  await page.waitForSelector('main [role="alert"] >> text=expected words of the vocabulary');
  await page.fill('[aria-label="Words to search for"]', "Mary");
  await page.keyboard.press("Enter");
  await page.waitForSelector("main >> text=/24 best of 6,150 vectors/");
  check(page.url().includes("query=Mary"), `expected the query in the address, got ${page.url()}`);
  await page.click('[data-value="-"]');
  await page.waitForSelector("td.score .minus");
  await page.click("tbody th .part >> nth=2");
  await page.waitForSelector("aside >> text=Where it fires");
  await page.click("thead button");
  await page.waitForSelector(".strip >> text=1 in force");
  await page.waitForSelector(".strip .chip >> text=Mary");
});

test("a long prompt scrolls under its layers and stays in step with the ribbon", async ({ open }) => {
  const page = await open(`#/lens?model=deep-model&target=+Mary&prompt=${encodeURIComponent(long)}`, {
    ...usual,
    width: 1024,
    height: 768,
  });
  await ready(page);
  const head = await page.locator("tbody th").first().boundingBox();
  const box = await page.locator(".lens-grid").boundingBox();
  check(
    head !== null && box !== null && Math.abs(head.x - box.x) < 4,
    "expected the layer column to stay at the left, got it scrolled away",
  );
  await page.click('[data-position="2"][role="option"]');
  await page.waitForSelector("aside >> text=position 2");
  await page.waitForFunction(() => {
    const pinned = document.querySelector("td.pinned")?.getBoundingClientRect();
    const grid = document.querySelector(".lens-grid")?.getBoundingClientRect();
    return (
      pinned !== undefined && grid !== undefined && pinned.left >= grid.left && pinned.right <= grid.right + 1
    );
  });
});

test("a refused request shows the server's sentence and a way on", async ({ open }) => {
  const page = await open("#/lens?target=xyzzy", usual, 1);
  await page.waitForSelector('[role="alert"] >> text=expected one token of the vocabulary');
  await sound(page);
  await page.click("main >> text=Who gets the drink?");
  await ready(page);
});

test("a model that does not open says why", async ({ open }) => {
  const page = await open("#/lens?model=nowhere", usual, 1);
  await page.waitForSelector('[role="alert"] >> text=expected a model at hand, got nowhere');
});

test("typing shows the tokens at once and Enter runs them", async ({ open }) => {
  const page = await open("#/lens");
  await ready(page);
  await page.fill("#prompt", "The capital of Norway is");
  await page.waitForSelector("text=5 tokens · press Enter to run");
  await page.press("#prompt", "Enter");
  await page.waitForFunction(
    () => document.querySelectorAll("tbody tr")[0]?.querySelectorAll("td").length === 5,
  );
  check(page.url().includes("Norway"), `expected the prompt in the address, got ${page.url()}`);
});

test("a continuation streams, can be cancelled, and shows its alternatives", async ({ open }) => {
  const page = await open("#/generate?g.n=300");
  await page.click("text=Continue the prompt");
  await page.waitForSelector('[data-index="3"]');
  await page.waitForSelector('[role="progressbar"]');
  await page.click("main >> text=Cancel");
  const count = await page.locator("[data-index]").count();
  await page.waitForTimeout(300);
  check(
    (await page.locator("[data-index]").count()) <= count + 1,
    "expected the stream to stop, got more tokens",
  );
});

test("a model comes from the hub with its progress, and can be cancelled", async ({ open }) => {
  const page = await open("#/model");
  await page.fill("#pull-id", "openai-community/gpt2");
  await page.click("text=Download");
  await page.waitForSelector("text=/of 500 MB/");
  await page.click("main >> text=Cancel");
  await page.waitForSelector('main [role="progressbar"]', { state: "detached" });
  await page.click("text=Download");
  await page.waitForSelector("text=openai-community/gpt2 is here");
  await sound(page);
});

for (const kind of ["JSON", "CSV", "SVG", "PNG"])
  test(`exports ${kind}`, async ({ open }) => {
    const page = await open("#/lens");
    await ready(page);
    await page.click('button[aria-label="Export what is shown"]');
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.click(`role=option[name=/^${kind}/]`),
    ]);
    check(
      /^microworld-lens-resid-post-[0-9a-f]{8}\.\w+$/.test(download.suggestedFilename()) &&
        download.suggestedFilename().endsWith(kind.toLowerCase()),
      `expected a telling name, got ${download.suggestedFilename()}`,
    );
    const stream = await download.createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const content = Buffer.concat(chunks);
    check(content.length > 1000, `expected a full file, got ${content.length} bytes`);
    const mark = /-([0-9a-f]{8})\./.exec(download.suggestedFilename())?.[1] ?? "";
    const shown = (await page.textContent("main .key")) ?? "";
    check(shown.includes(`key ${mark}`), `expected the key of the file on the page, got ${shown}`);
    const said = content.toString("utf8");
    const written = kind === "PNG" || (said.includes(mark) && said.includes("Mary and John went"));
    check(written, "expected the key and the prompt in the file");
  });

test("what was answered for another prompt is marked until the new one ran, and its target leaves with it", async ({
  open,
}) => {
  const page = await open("#/lens");
  await ready(page);
  await page.fill("#prompt", "The capital of Norway is");
  await page.waitForSelector("main .older >> text=The answer to another prompt");
  await page.waitForSelector("aside .older");
  await page.press("#prompt", "Enter");
  await page.waitForFunction(
    () => document.querySelectorAll("tbody tr")[0]?.querySelectorAll("td").length === 5,
  );
  await page.waitForFunction(() => document.querySelector("main .older") === null);
  check(!page.url().includes("target="), `expected the target of the example gone, got ${page.url()}`);
  await page.click(".target input >> nth=0");
  await page.keyboard.type("Os");
  await page.waitForSelector("role=option[name=/Oslo/]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => location.hash.includes("target=+Oslo"));
  await page.fill("#prompt", "The capital of Sweden is");
  await page.press("#prompt", "Enter");
  await page.waitForFunction(() => location.hash.includes("Sweden"));
  check(page.url().includes("target=+Oslo"), `expected the chosen target kept, got ${page.url()}`);
});

test("an edit that has no place in the model is marked, left out, and fails no view", async ({ open }) => {
  const page = await open("#/edits", usual, 4);
  await page.fill('[aria-label="Add an intervention"]', "L9N0 off");
  await page.click("main >> text=Add");
  await page.waitForSelector('main [role="alert"] >> text=expected a layer from 0 to');
  await page.waitForSelector(".strip >> text=no edit has a place here");
  await page.fill('[aria-label="Add an intervention"]', "L3 +4 xyzzy");
  await page.click("main >> text=Add");
  await page.waitForSelector('main [role="alert"] >> text=/expected one token/');
  await page.fill('[aria-label="Add an intervention"]', "L3N12 ×0 @40");
  const asked = page.waitForRequest((r) => r.url().endsWith("/compare"));
  await page.click("main >> text=Add");
  const sent = (await asked).postDataJSON() as { interventions: { where?: unknown }[] };
  check(
    JSON.stringify(sent.interventions.map((e) => e.where)) === '[{"from":40,"to":40}]',
    `expected one edit, limited to a position that may come, got ${JSON.stringify(sent.interventions)}`,
  );
  await page.waitForSelector(".strip >> text=1 of 3 in force");
  await page.waitForSelector("main >> text=/log odds (fall|rise|hardly move)/");
  await page.click('nav[aria-label="Views"] >> text=Lens');
  await page.waitForSelector('[role="gridcell"]');
  check((await page.locator('main [role="alert"]').count()) === 0, "expected no refusal in the Lens");
});

test("the theme follows the system until one is chosen, and is remembered", async ({ open }) => {
  const page = await open("#/lens", { ...usual, theme: "dark" });
  const theme = () => page.evaluate(() => document.documentElement.dataset["theme"]);
  await ready(page);
  check((await theme()) === "dark", `expected the system's dark, got ${await theme()}`);
  await page.click('button[aria-label^="Theme"]');
  check((await theme()) === "light", `expected light after a click, got ${await theme()}`);
  await page.reload();
  await ready(page);
  check((await theme()) === "light", `expected the choice remembered, got ${await theme()}`);
});

test("what removes edits can be undone", async ({ open }) => {
  const page = await open("#/edits");
  await page.fill('[aria-label="Add an intervention"]', "L3N12 ×0");
  await page.click("main >> text=Add");
  await page.waitForSelector(".strip >> text=1 in force");
  await page.click("text=Remove all");
  await page.waitForSelector("text=Nothing is changed");
  await page.click(".undo >> text=Undo");
  await page.waitForSelector(".strip >> text=1 in force");
  check(page.url().includes("edits="), `expected the edit back in the address, got ${page.url()}`);
});
