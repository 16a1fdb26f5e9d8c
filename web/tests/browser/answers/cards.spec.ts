/** The one card of a part of the model, opened from every view, on recorded answers. */
import type { Page } from "@playwright/test";
import { check, looks, nameOf, test } from "../test.ts";
import { accessible, sound, unclipped } from "../sound.ts";
import { ready } from "./states.ts";

async function card(page: Page, name: string): Promise<void> {
  await page.waitForSelector(`aside section[aria-label="Card of ${name}"]`);
  await page.waitForSelector(`aside [role="group"][aria-label="Switch ${name}"]`);
  const address = decodeURIComponent(page.url().replaceAll("+", " "));
  check(address.includes(`card=${name}`), `expected ${name} in the address, got ${page.url()}`);
}

/** From where each card is opened: the address, what has to be there, the name that is pressed, the part. */
const handles: Record<string, [hash: string, wait: string, press: string, name: string]> = {
  "the lens, by a row": ["#/lens", '[role="gridcell"]', 'tbody th button:text-is("3")', "layer 3"],
  "the lens, by who wrote the target": [
    "#/lens",
    "aside >> text=sums to",
    "aside .label button >> nth=0",
    "L3H4",
  ],
  "the flow, by a node": ["#/flow", ".spot", '[data-node="L4H6@13"]', "L4H6"],
  "the heads, by a head": ["#/heads", "main table td button", "main table button:has-text('L4H6')", "L4H6"],
  "the heads, by a layer": [
    "#/heads",
    "main table td button",
    'main th button:text-is("layer 4")',
    "attention 4",
  ],
  "the neurons, by a layer": ["#/neurons", "article", 'article h3 button:text-is("MLP 3")', "MLP 3"],
  "the events, by a layer": [
    "#/neurons?part=events",
    "main .list tbody tr",
    '.map th button:text-is("2")',
    "MLP 2",
  ],
  "the gradients, by a layer": ["#/gradients", "main td button", 'main th button:text-is("5")', "layer 5"],
  "the gradients, by a matrix": ["#/gradients", "aside h2", "aside h2 button", "MLP 5"],
  "the edits, by an edit": [
    `#/edits?edits=${encodeURIComponent('[{"kind":"scale","at":"blocks.2.hook_mlp_out","value":0}]')}`,
    "main li",
    'main li .place button:text-is("MLP 2")',
    "MLP 2",
  ],
  "the clusters, by a cluster": [
    "#/search?part=clusters",
    "text=Find clusters",
    "tbody th .part >> nth=1",
    "",
  ],
};

for (const [from, [hash, wait, press, name]] of Object.entries(handles))
  test(`${from}: one card, with Off, Double and a dose that goes into the edits`, async ({ open }) => {
    const page = await open(hash);
    await page.waitForSelector(wait);
    if (hash.includes("clusters")) await page.click(wait);
    await page.waitForSelector(press);
    const called = name === "" ? `cluster ${((await page.textContent(press)) ?? "").trim()}` : name;
    await page.click(press);
    await card(page, called);
    await page.click('aside [role="group"] >> text=Double');
    await page.waitForSelector(".strip >> text=/in force/");
    await page.fill(`aside [aria-label="Dose of ${called}"]`, "0.5");
    await page.waitForFunction(() => /value%22%3A0.5|"value":0.5/.test(location.hash));
    await page.waitForSelector("aside >> text=/log odds (fall|rise|hardly move)/");
    await accessible(page);
    await unclipped(page);
    await page.click('aside [role="group"] >> text=As it is');
    await page.waitForSelector('[aria-label="Interventions in force"]', { state: "detached" });
    await page.click(".undo >> text=Undo");
    await page.waitForSelector(".strip >> text=/in force/");
    await page.click(`aside [aria-label="Close the card of ${called}"]`);
    await page.waitForSelector("aside .card-of", { state: "detached" });
  });

for (const name of ["L4H6", "L3N12", "MLP 3", "attention 3", "layer 3", "position 2", "L5H5D2", "cluster 0"])
  for (const look of looks)
    test(`the card of ${name}, ${nameOf(look)}`, async ({ open }) => {
      const page = await open(`#/lens?card=${encodeURIComponent(name)}`, look);
      await page.waitForSelector('[role="gridcell"]');
      await page.waitForSelector(`aside section[aria-label="Card of ${name}"] h2`);
      await (look.width > 1100 ? sound(page) : unclipped(page));
    });

test("a card says what is not in the model, and an edit that was typed for it", async ({ open }) => {
  const page = await open("#/lens?card=L9H2");
  await page.waitForSelector("aside [role='alert'] >> text=expected a layer from 0 to 5, got 9");
  check(
    (await page.locator("aside >> text=Double").count()) === 0,
    "expected no switch of what is not there",
  );
});

test("a cell that is pinned takes the place of the card", async ({ open }) => {
  const page = await open("#/lens?card=L3N12");
  await page.waitForSelector("aside .card-of");
  await page.click('[role="gridcell"][data-row="2"][data-position="5"]');
  await ready(page);
  check(!page.url().includes("card="), `expected the card closed, got ${page.url()}`);
});

test("the gradients are read, chosen by keys, coloured by length, and saved", async ({ open }) => {
  const page = await open("#/gradients");
  await page.waitForSelector("aside >> text=an update shifts to");
  await page.waitForSelector("main >> text=/loss .* nats for ␣Mary/");
  await page.focus("main td button[aria-pressed='true']");
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => location.hash.includes("g.layer=4"));
  await page.waitForSelector('aside h2 >> text="MLP 4"');
  check(
    (await page.locator("main td button[aria-pressed='true']:focus").count()) === 1,
    "expected the keyboard on the chosen cell",
  );
  await sound(page);
  await page.click('[aria-label="Matrix"] >> text=W_Q');
  await page.waitForSelector("aside >> text=an update imprints");
  await page.waitForSelector('aside h2 >> text="attention 4"');
  await sound(page);
  await page.click('button[aria-label="Export what is shown"]');
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.click("role=option[name=/^JSON/]"),
  ]);
  check(
    /^microworld-gradients-towards-mary-[0-9a-f]{8}\.json$/.test(download.suggestedFilename()),
    `expected a telling name, got ${download.suggestedFilename()}`,
  );
});

for (const look of looks)
  test(`the gradients, ${nameOf(look)}: whole`, async ({ open }) => {
    const page = await open("#/gradients", look);
    await page.waitForSelector("aside >> text=an update shifts to");
    await (look.width > 1100 ? sound(page) : unclipped(page));
  });
