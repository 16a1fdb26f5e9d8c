/** Every state of the page, on invented records: sizes, themes, keys, links, files, errors. */
import type { Page } from "playwright-core";
import { check, onPage, type Look, type Place, type Runner } from "./harness.ts";
import { named, readable, unclipped } from "./inspect.ts";

const suite = "the page on invented records";
const usual: Look = { width: 1440, height: 900, theme: "light" };
const looks: readonly Look[] = [
  usual,
  { ...usual, theme: "dark" },
  { width: 1024, height: 768, theme: "light" },
  { width: 1024, height: 768, theme: "dark" },
];
const long = "When Mary and John went to the store, John gave a drink to her friend. ".repeat(6);

const cell = (row: number, position: number) =>
  `[role="gridcell"][data-row="${row}"][data-position="${position}"]`;

async function ready(page: Page): Promise<void> {
  await page.waitForSelector('[role="gridcell"]');
  await page.waitForFunction(
    () => document.querySelector("aside")?.textContent?.includes("sums to") ?? false,
  );
}

export async function pretendedTests(runner: Runner, place: Place): Promise<void> {
  const test = (name: string, body: () => Promise<void>) => runner.test(suite, name, body);

  const states: Record<string, [hash: string, prepare: (page: Page) => Promise<void>]> = {
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
        await page.click("article button.name");
        await page.waitForSelector("aside >> text=Where it fires");
        await page.waitForSelector("aside .similar");
      },
    ],
    "the search": [
      "#/search?query=Mary&neuron=L3N12",
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
      "#/search?part=clusters&neuron=L3N12",
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
      "#/neurons?part=events&neuron=L3N12",
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
    "the model": [
      "#/model",
      async (page) => void (await page.waitForSelector("text=Are the numbers right?")),
    ],
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
  for (const [state, [hash, prepare]] of Object.entries(states))
    for (const look of looks)
      await test(`${state}, ${look.width} × ${look.height}, ${look.theme}: readable, whole, named`, () =>
        onPage(place, hash, look, async (page) => {
          await prepare(page);
          await readable(page);
          await unclipped(page);
          await named(page);
        }));

  await test("arrows move, Enter pins, T sets the target, Escape closes", () =>
    onPage(place, "#/lens", usual, async (page) => {
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
    }));

  await test("a copied link restores the whole page", () =>
    onPage(place, "#/lens", usual, async (page) => {
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
    }));

  await test("the target completes from the vocabulary", () =>
    onPage(place, "#/lens", usual, async (page) => {
      await ready(page);
      await page.click(".target input >> nth=0");
      await page.keyboard.type("Os");
      await page.waitForSelector("role=option[name=/Oslo/]");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".foot >> text=␣Oslo");
      check(page.url().includes("target=+Oslo"), `expected the target in the address, got ${page.url()}`);
    }));

  await test("a typed edit is in force everywhere, in the link, and can be switched off", () =>
    onPage(place, "#/edits", usual, async (page) => {
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
    }));

  await test("a neuron opens its card, is switched off, and the strip says what that does", () =>
    onPage(place, "#/neurons", usual, async (page) => {
      await page.waitForSelector("article >> text=/saturation: .*Mary rises 4 → 1/");
      await page.focus("article button.name >> nth=0");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForSelector("aside h2:has-text('L5N')");
      await page.click("aside >> text=Off");
      await page.waitForSelector("aside >> text=/KL/");
      await page.waitForSelector(".strip >> text=1 in force");
      await page.fill('aside input[type="range"]', "1.5");
      await page.waitForSelector(".strip >> text=× 1.5");
      check(
        page.url().includes("neuron=L5N") && page.url().includes("edits="),
        `expected the card and the edit in the address, got ${page.url()}`,
      );
      await page.click('[data-value="score"]');
      await page.waitForFunction(() => location.hash.includes("order=score"));
    }));

  await test("a search builds its index with progress, finds, opens a card, and keeps a group", () =>
    onPage(place, "#/search", usual, async (page) => {
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
      await page.click("tbody button.name >> nth=2");
      await page.waitForSelector("aside >> text=Where it fires");
      await page.click("thead button");
      await page.waitForSelector(".strip >> text=1 in force");
      await page.waitForSelector(".strip .chip >> text=Mary");
    }));

  await test("the index that a card needs is built with progress and can be stopped and asked for again", () =>
    onPage(place, "#/neurons?neuron=L5N777", usual, async (page) => {
      await page.waitForSelector("aside >> text=/building the index .* of 6,150 vectors/");
      await readable(page);
      await named(page);
      const stopped = page.waitForRequest((r) => r.method() === "DELETE");
      await page.click("aside >> text=Cancel");
      await stopped;
      await page.click("aside >> text=Look for them");
      await page.waitForSelector("aside .similar");
    }));

  await test("a model without words still shows its tokens", () =>
    onPage(place, "#/model?model=regressor&prompt=John+went", usual, async (page) => {
      await page.waitForFunction(() => document.querySelectorAll(".ribbon [role=option]").length === 2);
    }));

  await test("the events of the prompt stand in a map and a list, and lead to positions and neurons", () =>
    onPage(place, "#/neurons", usual, async (page) => {
      await page.click('nav[aria-label="Pages of Neurons"] >> text=Events of the prompt');
      await page.waitForSelector("main .list tbody tr");
      check(page.url().includes("part=events"), `expected the page in the address, got ${page.url()}`);
      const counted = () => page.locator("main .list tbody tr").count();
      const marks = () => page.locator("main .map button").count();
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
    }));

  await test("events over many prompts are counted as a job and plotted with intervals", () =>
    onPage(place, "#/neurons?part=corpus", usual, async (page) => {
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
    }));

  await test("clusters are found with progress, filtered, opened, and sent to the Edits as a group", () =>
    onPage(place, "#/search?part=clusters", usual, async (page) => {
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
      await page.click('[aria-label^="Put cluster"]');
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
    }));

  await test("the detoxification runs as a job, plots doses with intervals, and goes into the Edits", () =>
    onPage(place, "#/edits?part=detox", usual, async (page) => {
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
      await page.click(".vectors button.name >> nth=0");
      await page.waitForSelector("aside h2:has-text('L3N433')");
    }));

  await test("a rule for early exit is learned, compared with its bounds, and used in Generate", () =>
    onPage(place, "#/generate?part=exit", usual, async (page) => {
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
    }));

  await test("a long prompt scrolls under its layers and stays in step with the ribbon", () =>
    onPage(
      place,
      `#/lens?model=deep-model&target=+Mary&prompt=${encodeURIComponent(long)}`,
      { ...usual, width: 1024, height: 768 },
      async (page) => {
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
            pinned !== undefined &&
            grid !== undefined &&
            pinned.left >= grid.left &&
            pinned.right <= grid.right + 1
          );
        });
      },
    ));

  await test("a refused request shows the server's sentence and a way on", () =>
    onPage(
      place,
      "#/lens?target=xyzzy",
      usual,
      async (page) => {
        await page.waitForSelector('[role="alert"] >> text=expected one token of the vocabulary');
        await readable(page);
        await page.click("main >> text=Who gets the drink?");
        await ready(page);
      },
      1,
    ));

  await test("a model that does not open says why", () =>
    onPage(
      place,
      "#/lens?model=nowhere",
      usual,
      async (page) => {
        await page.waitForSelector('[role="alert"] >> text=expected a model at hand, got nowhere');
      },
      1,
    ));

  await test("typing shows the tokens at once and Enter runs them", () =>
    onPage(place, "#/lens", usual, async (page) => {
      await ready(page);
      await page.fill("#prompt", "The capital of Norway is");
      await page.waitForSelector("text=5 tokens · press Enter to run");
      await page.press("#prompt", "Enter");
      await page.waitForFunction(
        () => document.querySelectorAll("tbody tr")[0]?.querySelectorAll("td").length === 5,
      );
      check(page.url().includes("Norway"), `expected the prompt in the address, got ${page.url()}`);
    }));

  await test("a continuation streams, can be cancelled, and shows its alternatives", () =>
    onPage(place, "#/generate?g.n=300", usual, async (page) => {
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
    }));

  await test("a model comes from the hub with its progress, and can be cancelled", () =>
    onPage(place, "#/model", usual, async (page) => {
      await page.fill("#pull-id", "openai-community/gpt2");
      await page.click("text=Download");
      await page.waitForSelector("text=/of 500 MB/");
      await page.click("main >> text=Cancel");
      await page.waitForSelector('main [role="progressbar"]', { state: "detached" });
      await page.click("text=Download");
      await page.waitForSelector("text=openai-community/gpt2 is here");
      await readable(page);
      await unclipped(page);
    }));

  for (const kind of ["JSON", "CSV", "SVG", "PNG"])
    await test(`exports ${kind}`, () =>
      onPage(place, "#/lens", usual, async (page) => {
        await ready(page);
        await page.click('button[aria-label="Export what is shown"]');
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.click(`role=option[name=/^${kind}/]`),
        ]);
        check(
          download.suggestedFilename() === `microworld-lens-resid-post.${kind.toLowerCase()}`,
          `expected a telling name, got ${download.suggestedFilename()}`,
        );
        const stream = await download.createReadStream();
        let size = 0;
        for await (const chunk of stream) size += (chunk as Buffer).length;
        check(size > 1000, `expected a full file, got ${size} bytes`);
      }));

  await test("the theme follows the system until one is chosen, and is remembered", () =>
    onPage(place, "#/lens", { ...usual, theme: "dark" }, async (page) => {
      const theme = () => page.evaluate(() => document.documentElement.dataset["theme"]);
      await ready(page);
      check((await theme()) === "dark", `expected the system's dark, got ${await theme()}`);
      await page.click('button[aria-label^="Theme"]');
      check((await theme()) === "light", `expected light after a click, got ${await theme()}`);
      await page.reload();
      await ready(page);
      check((await theme()) === "light", `expected the choice remembered, got ${await theme()}`);
    }));
}
