/** The Inversion view on a recorded answer. */
import { check, test } from "../test.ts";
import { sound } from "../sound.ts";

test("inputs that share an activation are found, the bound is moved, and the set is tested", async ({
  open,
}) => {
  const page = await open("#/inversion?s.inversion.at=x0.mid,a0.3");
  await page.click("text=Find inputs");
  await page.waitForSelector("main >> text=/600 of 1,200 inputs within/");
  await sound(page);
  const inside = () => page.locator("tbody tr.inside").count();
  const before = await inside();
  await page.locator('main input[type="range"]').fill("39");
  await page.waitForSelector("main >> text=/1,200 of 1,200 inputs within/");
  check((await inside()) > before, "expected more inputs within a larger bound");
  await page.click("text=Test it causally");
  await page.waitForSelector("main >> text=/stays with the activation/");
});
