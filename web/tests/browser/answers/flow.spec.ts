/** The Flow and Heads views, driven as a person does, on recorded answers. */
import { check, test } from "../test.ts";
import { accessible, unclipped } from "../sound.ts";

test("the graph zooms, tells what is pointed at, opens a card, pins, and shows a cone", async ({ open }) => {
  const page = await open("#/flow");
  await page.waitForSelector(".spot");
  const all = await page.locator(".spot").count();
  const sheet = page.locator(".sheet");
  const before = await sheet.getAttribute("style");
  await page.focus(".canvas");
  await page.keyboard.press("+");
  check((await sheet.getAttribute("style")) !== before, "expected + to zoom");
  await page.keyboard.press("0");
  await page.keyboard.press("ArrowRight");
  await page.waitForSelector("text=of the prediction passes through it");
  await page.locator('[data-node="L4H6@13"]').click();
  await page.waitForSelector("aside >> text=What goes into it");
  await page.click("aside >> text=Pin");
  await page.waitForSelector("aside >> text=Unpin");
  await page.click("aside >> text=What led to it");
  await page.waitForSelector("text=Leave the cone");
  check((await page.locator(".spot").count()) < all, "expected a cone to be less than all");
  await page.click("text=Leave the cone");
  await accessible(page);
  await unclipped(page);
});

test("the graph is saved as a page of its own", async ({ open }) => {
  const page = await open("#/flow");
  await page.waitForSelector(".spot");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("text=Save as a page")]);
  check(download.suggestedFilename().endsWith(".html"), "expected an HTML file");
});

test("a head is found on the map, its card says why, and Off goes into the edits", async ({ open }) => {
  const page = await open("#/heads");
  await page.waitForSelector("main table button");
  await page.waitForSelector("text=most directly");
  await page.click("main table button:has-text('L4H6')");
  await page.waitForSelector("aside >> text=Why it looks at");
  await accessible(page);
  await unclipped(page);
  await page.click("aside >> text=Off");
  await page.waitForFunction(() => location.hash.includes("edits"));
});
