/** The long questions of the page, on recorded answers: events, clusters, detoxification, early exit. */
import { check, test } from "../test.ts";
import { sound } from "../sound.ts";

test("the index that a card needs is built with progress and can be stopped and asked for again", async ({
  open,
}) => {
  const page = await open("#/neurons?card=L5N777");
  await page.waitForSelector("aside >> text=/building the index .* of 6,150 vectors/");
  await sound(page);
  const stopped = page.waitForRequest((r) => r.method() === "DELETE");
  await page.click("aside >> text=Cancel");
  await stopped;
  await page.click("aside >> text=Look for them");
  await page.waitForSelector("aside .similar");
});

test("after the page is loaded anew a job is found again with its progress, and stopped from the list", async ({
  open,
}) => {
  const page = await open("#/edits?part=detox");
  await page.click("main >> text=Own texts");
  await page.fill("main textarea >> nth=0", "a slow prompt");
  await page.click("main >> text=Run the experiment");
  await page.waitForSelector("main >> text=/of 20,000 turns/");
  await page.reload();
  await page.waitForSelector("main >> text=/of 20,000 turns/");
  await page.goto(page.url().replace(/#.*/, "#/model?part=jobs"));
  await page.waitForSelector("main .jobs li >> text=under way");
  await sound(page);
  await page.click("main .jobs li >> text=Cancel");
  await page.waitForSelector("main .jobs li >> text=stopped");
});

test("a finished job is listed after the page is loaded anew, and opened with its answer", async ({
  open,
}) => {
  const page = await open("#/edits?part=detox");
  await page.click("main >> text=Run the experiment");
  await page.waitForSelector("main >> text=rows.csv");
  await page.reload();
  await page.waitForSelector("main >> text=Run the experiment");
  await page.click("nav[aria-label=Views] >> text=Model");
  await page.click('nav[aria-label="Pages of Model"] >> text=Jobs');
  await page.waitForSelector("main .jobs li >> text=done in 2 min");
  await page.click('main .jobs [aria-label="Open detox microworld"] >> nth=0');
  await page.waitForSelector("main >> text=rows.csv");
  // The files are on the list of jobs too, so they say nothing about where the page is.
  await page.waitForURL(/part=detox/);
});

test("a model without words still shows its tokens", async ({ open }) => {
  const page = await open("#/model?model=regressor&prompt=John+went");
  await page.waitForFunction(() => document.querySelectorAll(".ribbon [role=option]").length === 2);
});

test("the events of the prompt stand in a map and a list, and lead to positions and neurons", async ({
  open,
}) => {
  const page = await open("#/neurons");
  await page.click('nav[aria-label="Pages of Neurons"] >> text=Events of the prompt');
  await page.waitForSelector("main .list tbody tr");
  check(page.url().includes("part=events"), `expected the page in the address, got ${page.url()}`);
  const counted = () => page.locator("main .list tbody tr").count();
  const marks = () => page.locator("main .map td button").count();
  check((await counted()) === (await marks()), "expected as many marks as events");
  const both = await counted();
  await page.click('[data-value="saturation"]');
  await page.waitForFunction((n) => document.querySelectorAll("main .list tbody tr").length < n, both);
  check(
    (await page.locator("main .map .elimination").count()) === 0,
    "expected saturations only, got an elimination",
  );
  await page.click('main .map button[aria-label^="position 6"]');
  await page.waitForFunction(() => location.hash.includes("position=6"));
  await page.click("main .neurons button >> nth=0");
  await page.waitForSelector("aside h2:has-text('L3N')");
});

test("events over many prompts are counted as a job and plotted with intervals", async ({ open }) => {
  const page = await open("#/neurons?part=corpus");
  await page.click('[data-value="prompts"]');
  await page.click("text=Count events");
  await page.waitForSelector('main [role="alert"] >> text=expected at least one prompt');
  await page.fill("main textarea", "The capital of Norway is\n\nTwo and two");
  const asked = page.waitForRequest((r) => r.url().endsWith("/jobs/events"));
  await page.click("text=Count events");
  const sent = (await asked).postDataJSON() as { prompts?: string[]; data?: string };
  check(
    sent.prompts?.length === 2 && sent.data === undefined,
    `expected the two prompts in the request, got ${JSON.stringify(sent)}`,
  );
  await page.waitForSelector("main >> text=/of 400 prompts/");
  await page.waitForSelector("text=Where the answer is settled for good");
  check((await page.locator("figure").count()) === 3, "expected three plots");
  const before = await page.locator("figure >> nth=2").locator("path.main").getAttribute("d");
  await page.click("text=without extreme");
  await page.waitForFunction(() => location.hash.includes("extreme=without"));
  check(before !== null, "expected a line in the plot");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("text=layers.csv")]);
  check(
    download.suggestedFilename() === "microworld-events-layers.csv",
    `expected a telling name, got ${download.suggestedFilename()}`,
  );
});

test("clusters are found with progress, filtered, opened, and sent to the Edits as a group", async ({
  open,
}) => {
  const page = await open("#/search?part=clusters");
  await page.click("text=Find clusters");
  await page.waitForSelector("main >> text=/of 400 merges/");
  await page.click("main >> text=Cancel");
  await page.waitForSelector('main [role="progressbar"]', { state: "detached" });
  await page.click('[data-value="average"]');
  await page.click("text=Find clusters");
  await page.waitForSelector("main >> text=/36 clusters of/");
  await page.fill('input[placeholder="a word, or L3N12"]', "oslo");
  await page.waitForFunction(
    () =>
      document.querySelectorAll("tbody tr").length === 1 &&
      (document.querySelector("tbody")?.textContent ?? "").includes("Oslo"),
  );
  await page.click("tbody button.name");
  await page.click(".members button >> nth=0");
  await page.waitForSelector("aside h2:has-text('L')");
  await page.click('[aria-label^="cluster "][aria-label*="switch off"]');
  await page.waitForSelector(".strip >> text=1 in force");
  await page.waitForSelector("text=in Edits ✓");
  check(
    page.url().includes("part=clusters") && page.url().includes("s.clusters.linkage=average"),
    `expected the page and the linkage in the address, got ${page.url()}`,
  );
  await page.click('nav[aria-label="Views"] >> text=Edits');
  await page.click('nav[aria-label="Pages of Edits"] >> text=In force');
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLInputElement>("main input")].some((i) =>
      /^cluster \d+: /.test(i.value),
    ),
  );
});

test("the detoxification runs as a job, plots doses with intervals, and goes into the Edits", async ({
  open,
}) => {
  const page = await open("#/edits?part=detox");
  await page.click('[data-value="hand"]');
  await page.click("text=Run the experiment");
  await page.waitForSelector('main [role="alert"] >> text=expected at least one neuron');
  await page.fill('[aria-label="Neurons whose value vectors are set"]', "L3N433, L4N830");
  const asked = page.waitForRequest((r) => r.url().endsWith("/jobs/detox"));
  await page.click("text=Run the experiment");
  const sent = (await asked).postDataJSON() as { neurons?: string[]; words?: string[] };
  check(
    sent.neurons?.join() === "L3N433,L4N830" && sent.words === undefined,
    `expected the two neurons in the request, got ${JSON.stringify(sent)}`,
  );
  await page.waitForSelector("main >> text=/of 400 turns/");
  await page.waitForSelector("dd >> text=/78.0 % → 16.0 %/");
  const plot = page.locator('figure [role="img"]').first();
  check(
    (await plot.locator("svg line.main").count()) === 18 &&
      (await plot.locator("svg circle.main").count()) === 6,
    "expected six doses, each with an interval of a line and two ends",
  );
  await plot.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.waitForSelector("figure .said >> text=/95 % interval .* to /");
  await page.click("figure summary >> nth=0");
  check(
    (await page.locator("figure >> nth=0").locator("tbody tr").count()) === 7,
    "expected the six doses and the control in the table",
  );
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("text=doses.svg")]);
  check(
    download.suggestedFilename() === "microworld-detox-doses.svg",
    `expected a telling name, got ${download.suggestedFilename()}`,
  );
  await page.click("text=Put the change into the Edits");
  await page.waitForSelector(".strip >> text=1 in force");
  await page.click(".vectors .part >> nth=0");
  await page.waitForSelector("aside h2:has-text('L3N433')");
});

test("a rule for early exit is learned, compared with its bounds, and used in Generate", async ({ open }) => {
  const page = await open("#/generate?part=exit");
  await page.click("text=Learn and test");
  await page.waitForSelector("main >> text=/of 400 examples/");
  await page.waitForSelector("dd >> text=96.6 %");
  const labels = await page.locator("figure svg text.label").allTextContents();
  for (const rule of ["never", "oracle", "probe", "sub-updates"])
    check(labels.includes(rule), `expected ${rule} in the plot, got ${labels.join()}`);
  const asked = page.waitForRequest(
    (r) => r.url().endsWith("/jobs/generate") && (r.postData() ?? "").includes("confidence"),
  );
  await page.click("text=Use it in Generate");
  const rule = JSON.parse(((await asked).postDataJSON() as { earlyExit: string }).earlyExit) as {
    version: number;
  };
  check(rule.version === 1, "expected the text of the learned rule in the request");
  check(page.url().includes("g.exit=learned"), `expected the rule in the address, got ${page.url()}`);
  await page.waitForSelector(".sides >> text=/the same (up to token|text)/");
  await page.reload();
  await page.click("text=Continue the prompt");
  await page.waitForSelector('main [role="alert"] >> text=learn it again');
});
