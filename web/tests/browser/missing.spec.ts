/** Stands for every browser test where there is no Chromium. */
import { test } from "@playwright/test";

const message =
  "browser tests: expected Chromium at CHROMIUM or /usr/bin/chromium, got none; install the package chromium";

test("the browser is there", () => {
  if (process.env["LEXISCOPE_BROWSER"] === "required") throw new Error(message);
  test.skip(true, `${message} (LEXISCOPE_BROWSER=required makes this a failure)`);
});
