/** The states that the page can be in, for whatever must hold in each of them. */
import type { Page } from "@playwright/test";

export const long = "When Mary and John went to the store, John gave a drink to her friend. ".repeat(6);

export const cell = (row: number, position: number) =>
  `[role="gridcell"][data-row="${row}"][data-position="${position}"]`;

export async function ready(page: Page): Promise<void> {
  await page.waitForSelector('[role="gridcell"]');
  await page.waitForFunction(
    () => document.querySelector("aside")?.textContent?.includes("sums to") ?? false,
  );
}

/** Each with its address and what has to happen before it is looked at. */
export const states: Record<string, [hash: string, prepare: (page: Page) => Promise<void>]> = {
  "the lens by probability": ["#/lens", ready],
  "the lens by rank": ["#/lens?colour=rank", ready],
  "the lens by entropy": ["#/lens?colour=entropy", ready],
  "a deep model and a long prompt": [
    `#/lens?model=deep-model&target=+Mary&prompt=${encodeURIComponent(long)}`,
    ready,
  ],
  "the hover card": [
    "#/lens",
    async (page) => {
      await ready(page);
      await page.hover(cell(3, 13));
      await page.waitForSelector('[role="tooltip"]');
    },
  ],
  "the hook point menu": [
    "#/lens",
    async (page) => {
      await ready(page);
      await page.click('button[aria-label="Read any hook point"]');
    },
  ],
  "the continuation": [
    "#/generate?g.n=12",
    async (page) => {
      await page.click("text=Continue the prompt");
      await page.click('[data-index="7"]');
      await page.waitForSelector("text=Could have been");
    },
  ],
  "the neurons": [
    "#/neurons",
    async (page) => {
      await page.click('article [role="listitem"] > .part');
      await page.waitForSelector("aside >> text=Where it fires");
      await page.waitForSelector("aside .similar");
    },
  ],
  "the search": [
    "#/search?query=Mary&card=L3N12",
    async (page) => {
      await page.waitForSelector("main table");
      await page.waitForSelector("aside .similar");
    },
  ],
  "the search before the first word": [
    "#/search",
    async (page) => void (await page.waitForSelector("text=Which parts of the model")),
  ],
  "the edits": [
    `#/edits?edits=${encodeURIComponent(
      JSON.stringify([
        {
          kind: "scale",
          neurons: ["L3N12", "L3N812", "L4N7"],
          value: 0,
          name: "fire words",
          notes: "found by search",
        },
        { kind: "ablate", heads: ["L2H1"], on: false },
        {
          kind: "add",
          at: "blocks.3.hook_resid_post",
          direction: { words: [" fire"], minus: [" water"] },
          value: 4,
        },
      ]),
    )}`,
    async (page) => void (await page.waitForSelector("text=How it goes on")),
  ],
  "no edits": ["#/edits", async (page) => void (await page.waitForSelector("text=Nothing is changed"))],
  "two continuations": [
    `#/generate?g.n=14&g.exit=confidence:0.9&edits=${encodeURIComponent(JSON.stringify([{ kind: "ablate", heads: ["L2H1"] }]))}`,
    async (page) => {
      await page.click("text=Continue the prompt");
      await page.waitForSelector("text=the same up to token");
    },
  ],
  "the clusters": [
    "#/search?part=clusters&card=L3N12",
    async (page) => {
      await page.click("text=Find clusters");
      await page.click("tbody button.name >> nth=1");
      await page.waitForSelector(".members");
      await page.waitForSelector("aside .similar");
    },
  ],
  "no clusters yet": [
    "#/search?part=clusters",
    async (page) => void (await page.waitForSelector("text=Which neurons say the same?")),
  ],
  "the detoxification": [
    "#/edits?part=detox&s.detox.way=hand&s.detox.neurons=L3N433",
    async (page) => {
      await page.click("text=Own texts…");
      await page.click("text=Run the experiment");
      await page.waitForSelector("text=What it costs");
      await page.click("figure summary >> nth=0");
      await page.click("text=/Show the .* random draws/");
    },
  ],
  "no detoxification yet": [
    "#/edits?part=detox",
    async (page) => void (await page.waitForSelector("text=Can a few neurons make it polite?")),
  ],
  "the early exit": [
    "#/generate?part=exit",
    async (page) => {
      await page.click("text=Learn and test");
      await page.waitForSelector("text=In generation, layers skipped for real");
      await page.hover(".plot");
    },
  ],
  "no early exit yet": [
    "#/generate?part=exit",
    async (page) => void (await page.waitForSelector("text=When has the model made up its mind?")),
  ],
  "the events of the prompt": [
    "#/neurons?part=events&card=L3N12",
    async (page) => {
      await page.waitForSelector("main .list tbody tr");
      await page.waitForSelector("aside .similar");
    },
  ],
  "the events of a long prompt": [
    `#/neurons?part=events&model=deep-model&prompt=${encodeURIComponent(long)}`,
    async (page) => void (await page.waitForSelector("main .list tbody tr")),
  ],
  "events over many prompts": [
    "#/neurons?part=corpus&s.events.source=prompts",
    async (page) => {
      await page.fill("main textarea", "The capital of Norway is");
      await page.click("text=Count events");
      await page.waitForSelector("text=Scores of ten neurons");
    },
  ],
  "no events counted yet": [
    "#/neurons?part=corpus&s.events.source=file",
    async (page) => void (await page.waitForSelector("text=Where does the model make up its mind?")),
  ],
  "a model without words": [
    "#/neurons?model=regressor",
    async (page) => void (await page.waitForSelector("text=does not speak in words")),
  ],
  "the model": ["#/model", async (page) => void (await page.waitForSelector("text=Are the numbers right?"))],
  "the empty page": [
    "#/lens?model=addition&prompt=",
    async (page) => void (await page.waitForSelector("text=layer by layer?")),
  ],
  "keys and terms": [
    "#/lens",
    async (page) => {
      await ready(page);
      await page.keyboard.press("?");
      await page.waitForSelector("dialog[open]");
    },
  ],
};
