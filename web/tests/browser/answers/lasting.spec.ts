/** State that lasts: the browser's history, edits of each model, the way back, jobs after a reload, a server that is gone. */
import { check, test, usual } from "../test.ts";
import { accessible, unclipped } from "../sound.ts";
import { cell, ready } from "./states.ts";

const back = "Back and Forward";

test(`${back} lead through views, cells and parts, and the edits go along`, async ({ open }) => {
  const page = await open("#/lens");
  await ready(page);
  const depth = () => page.evaluate(() => history.length);
  const first = await depth();
  await page.click(cell(2, 5));
  await page.waitForFunction(() => location.hash.includes("position=5"));
  await page.click('nav[aria-label="Views"] >> text=Heads');
  await page.waitForSelector("main table td button");
  await page.click("main table button:has-text('L4H6')");
  await page.waitForSelector('aside [aria-label="Card of L4H6"]');
  check((await depth()) === first + 3, `expected three steps, got ${(await depth()) - first}`);
  await page.click("aside >> text=Double");
  await page.waitForSelector(".strip >> text=1 in force");
  check((await depth()) === first + 3, "expected an edit to be no step of its own");
  await page.goBack();
  await page.waitForSelector("aside .card-of", { state: "detached" });
  await page.waitForSelector("main table td button");
  await page.goBack();
  await page.waitForSelector("aside >> text=layer 1");
  await page.waitForSelector('aside >> text="position 5"');
  await page.waitForSelector(".strip >> text=1 in force");
  await page.goBack();
  await page.waitForFunction(() => !location.hash.includes("position="));
  await page.goForward();
  await page.goForward();
  await page.goForward();
  await page.waitForSelector('aside [aria-label="Card of L4H6"]');
  await page.waitForSelector(".strip >> text=1 in force");
  check(page.url().includes("edits="), `expected the edit in the address, got ${page.url()}`);
});

test(`${back} lead to another model, each with its own edits`, async ({ open }) => {
  const page = await open("#/edits");
  await page.fill('[aria-label="Add an intervention"]', "L3N12 ×0");
  await page.click("main >> text=Add");
  await page.waitForSelector(".strip >> text=1 in force");
  const choose = async (model: string) => {
    await page.click('button[aria-label^="Choose a model"]');
    await page.click(`role=option[name=/^${model}/]`);
  };
  await choose("deep-model");
  await page.waitForSelector("text=Nothing is changed");
  await page.fill('[aria-label="Add an intervention"]', "L7H1 off");
  await page.click("main >> text=Add");
  await page.waitForSelector('[aria-label="Remove L7H1 off"]');
  await choose("microworld");
  await page.waitForSelector('[aria-label="Remove L3N12 × 0"]');
  await page.goBack();
  await page.waitForSelector('[aria-label="Remove L7H1 off"]');
  await page.reload();
  await page.waitForSelector('[aria-label="Remove L7H1 off"]');
  await page.goBack();
  await page.waitForSelector('[aria-label="Remove L3N12 × 0"]');
  check(
    (await page.locator('[aria-label="Remove L7H1 off"]').count()) === 0,
    "expected no edit of the other model",
  );
});

test("what was typed and not run comes back when an example has taken its place", async ({ open }) => {
  const page = await open("#/lens");
  await ready(page);
  await page.fill("#prompt", "A sentence of my own");
  await page.click('button[aria-label="Choose among examples"]');
  await page.click('[role="option"] >> nth=0');
  await page.click(".undo >> text=Undo");
  check(
    (await page.inputValue("#prompt")) === "A sentence of my own",
    "expected the sentence back in the field",
  );
});

test("several removals are undone one after the other", async ({ open }) => {
  const page = await open("#/edits");
  for (const line of ["L3N12 ×0", "L2H1 off"]) {
    await page.fill('[aria-label="Add an intervention"]', line);
    await page.click("main >> text=Add");
  }
  await page.click('[aria-label="Remove L3N12 × 0"]');
  await page.click('[aria-label="Remove L2H1 off"]');
  await page.waitForSelector("text=Nothing is changed");
  await page.click(".undo >> text=Undo");
  await page.waitForSelector('[aria-label="Remove L2H1 off"]');
  await page.click(".undo >> text=Undo");
  await page.waitForSelector('[aria-label="Remove L3N12 × 0"]');
  check((await page.locator(".undo").count()) === 0, "expected nothing more to undo");
});

test("a finished job is shown again after a reload, by its link, and from the list", async ({ open }) => {
  const page = await open("#/edits?part=detox");
  await page.click("text=Run the experiment");
  await page.waitForSelector("text=What it costs");
  check(page.url().includes("job.detox=job-"), `expected the job in the address, got ${page.url()}`);
  await page.reload();
  await page.waitForSelector("text=What it costs");
  const link = page.url();
  await page.goto("about:blank");
  await page.goto(link);
  await page.waitForSelector("text=What it costs");
  await page.goto("about:blank");
  await page.goto(link.replace(/job\.detox=[^&]*&?/, ""));
  await page.waitForSelector("text=Can a few neurons make it polite?");
  await page.click('nav[aria-label="Views"] >> text=Model');
  await page.click('nav[aria-label="Pages of Model"] >> text=Jobs');
  await page.click('button[aria-label^="Open detox"]');
  await page.waitForSelector("text=What it costs");
  await page.goBack();
  await page.waitForSelector('section[aria-label="Jobs"] li');
});

test("a link to a job that the server does not have says so", async ({ open }) => {
  const page = await open("#/edits?part=detox&job.detox=job-99", usual, 1);
  await page.waitForSelector("main [role='alert'] >> text=This run is not on the server any more");
});

test("Cancel of one view is none of another, and Run is Cancel only while its own question runs", async ({
  open,
}) => {
  const page = await open("#/edits?part=detox&s.detox.way=words&s.detox.words=slow");
  await page.click("text=Run the experiment");
  await page.waitForSelector("main >> text=/of 20000 turns|of 20,000 turns/");
  const run = page.locator("header .run");
  check(((await run.textContent()) ?? "").includes("Run"), "expected Run beside an experiment, got Cancel");
  await page.click('nav[aria-label="Views"] >> text=Search');
  await page.fill('[aria-label="Words to search for"]', "slow");
  await page.keyboard.press("Enter");
  await page.waitForSelector("header .run:has-text('Cancel')");
  await page.click('nav[aria-label="Views"] >> text=Lens');
  await page.waitForSelector("header .run:has-text('Run')");
  await page.click('nav[aria-label="Views"] >> text=Search');
  await page.click("header .run:has-text('Cancel')");
  await page.waitForSelector("header .run:has-text('Run')");
  await page.waitForSelector('main [role="progressbar"]', { state: "detached" });
  await page.click('nav[aria-label="Views"] >> text=Edits');
  await page.click('nav[aria-label="Pages of Edits"] >> text=Detoxification');
  await page.waitForSelector("main >> text=/of 20000 turns|of 20,000 turns/");
  await page.click("main >> text=Cancel");
  await page.waitForSelector('main [role="progressbar"]', { state: "detached" });
});

test("a dead server is said at once, with what to do, and the line leaves when it is back", async ({
  open,
}) => {
  const page = await open("#/lens", usual, 1000);
  await ready(page);
  await page.route("**/api/v1/**", (route) => route.abort("connectionrefused"));
  await page.click('nav[aria-label="Views"] >> text=Heads');
  await page.waitForSelector('.gone[role="alert"] >> text=The server does not answer since');
  await page.waitForSelector(".gone >> text=./lexiscope serve");
  await accessible(page);
  await unclipped(page);
  await page.unroute("**/api/v1/**");
  await page.waitForSelector(".gone", { state: "detached" });
  await page.waitForSelector("main table td button");
});

test("a server that dies while nothing is asked is said within seconds", async ({ open }) => {
  const page = await open("#/lens", usual, 1000);
  await ready(page);
  await page.route("**/api/v1/health", (route) => route.fulfill({ status: 401, body: "{}" }));
  await page.waitForSelector(".gone >> text=does not know this page", { timeout: 15_000 });
});
