/** The graph of the Flow view as a thing to work on: painted, pinned, grouped, saved and opened, held against another run. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { FlowNode, FlowResult } from "../../../src/api/types.ts";
import { flow } from "../../fixtures/index.ts";
import { placed } from "../../../src/views/flow/layout.ts";
import { check, looks, nameOf, test } from "../test.ts";
import { accessible, sound, unclipped } from "../sound.ts";

const [one, two] = ["L4H6@13", "L3H6@13"] as const;

async function pin(page: Page, id: string): Promise<void> {
  await page.locator(`[data-node="${id}"]`).click();
  await page.getByRole("complementary").getByRole("button", { name: "Pin", exact: true }).click();
  await page.getByRole("complementary").getByRole("button", { name: "Unpin", exact: true }).waitFor();
}

async function answer(page: Page, result: FlowResult): Promise<void> {
  await page.route("**/api/v1/flow", (route) => route.fulfill({ json: result }));
  await page.reload();
  await page.waitForSelector(".spot");
}

/** How many of the canvas's pixels are of a colour, once it is painted. */
async function painted(page: Page): Promise<number> {
  await page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>(".canvas canvas");
    return canvas !== null && canvas.height >= 520;
  });
  return page.evaluate(
    () =>
      new Promise<number>((done) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            const canvas = document.querySelector<HTMLCanvasElement>(".canvas canvas");
            if (canvas === null) return done(0);
            const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
            copy?.drawImage(canvas, 0, 0);
            const data = copy?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
            let count = 0;
            for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 0) count++;
            done(count);
          }),
        ),
      ),
  );
}

test("the graph is painted, and painted anew as it is zoomed and moved", async ({ open }) => {
  const page = await open("#/flow");
  await page.waitForSelector(".spot");
  const whole = await painted(page);
  check(whole > 2000, `expected lines and dots on the canvas, got ${whole} pixels`);
  await page.locator(".canvas").hover({ position: { x: 400, y: 260 } });
  for (let i = 0; i < 6; i++) await page.mouse.wheel(0, -100);
  const close = await painted(page);
  check(close !== whole, "expected the wheel to paint the graph anew");
  for (let i = 0; i < 5; i++) {
    await page.mouse.move(520, 780);
    await page.mouse.down();
    await page.mouse.move(520, 140, { steps: 4 });
    await page.mouse.up();
  }
  check((await page.evaluate(() => getSelection()?.toString())) === "", "expected a drag to select nothing");
  check((await page.locator("aside h2.mono").count()) === 0, "expected a drag to choose nothing");
  check((await painted(page)) === 0, "expected nothing where the graph was moved out of sight");
  await page.getByRole("button", { name: "Show all" }).click();
  check(Math.abs((await painted(page)) - whole) < whole / 20, "expected all of it again");
});

test("pinned nodes become one named node, which stays over a reload and is taken apart", async ({ open }) => {
  const page = await open("#/flow");
  await page.waitForSelector(".spot");
  const all = await page.locator(".spot").count();
  await pin(page, one);
  await pin(page, two);
  await page.getByLabel("Name of the group").fill("from names, 50%");
  await page.getByRole("button", { name: "Group pinned" }).click();
  const node = page.locator('[data-node="group:from names, 50%"]');
  await node.waitFor();
  check((await page.locator(".spot").count()) === all - 1, "expected one node where two were");
  await page.reload();
  await node.waitFor();
  await page.getByRole("button", { name: "from names, 50%", exact: true }).click();
  await page.waitForSelector("aside h2:has-text('from names')");
  await sound(page);
  await page.getByRole("button", { name: "Take apart from names, 50%" }).click();
  await node.waitFor({ state: "detached" });
  check((await page.locator(".spot").count()) === all, "expected all nodes again");
});

test("what writes alike is grouped as the answer proposes, and opened from a name in the panel", async ({
  open,
}) => {
  const page = await open("#/flow");
  await page.waitForSelector(".spot");
  await answer(page, { ...flow, groups: [{ name: "Mary", ids: [one, two] }] });
  await page.getByRole("button", { name: "Group what writes alike" }).click();
  await page.locator('[data-node="group:Mary"]').waitFor();
  await page.getByRole("button", { name: "Mary", exact: true }).click();
  await page.waitForSelector("aside >> text=L4H6, L3H6");
});

test("a graph file is saved with its pins and groups, and opened in a page that has none", async ({
  open,
}) => {
  const page = await open("#/flow");
  await page.waitForSelector(".spot");
  await pin(page, one);
  await pin(page, two);
  await page.getByLabel("Name of the group").fill("both");
  await page.getByRole("button", { name: "Group pinned" }).click();
  await page.locator('[data-node="group:both"]').waitFor();
  await pin(page, "L1H3@13");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save graph file" }).click(),
  ]);
  check(download.suggestedFilename().endsWith(".graph.json"), "expected a .graph.json");
  const path = await download.path();
  const file = JSON.parse(readFileSync(path, "utf8")) as {
    qParams: { pinnedIds: string[]; supernodes: string[][] };
    nodes: unknown[];
  };
  check(file.qParams.pinnedIds.join() === "L1H3@13", "expected the pin in the file");
  check(file.qParams.supernodes.join(";") === `both,${one},${two}`, "expected the group in the file");
  check(file.nodes.length === flow.nodes.length, "expected every node in the file");

  const other = await open("#/flow");
  await other.waitForSelector(".spot");
  await other.setInputFiles('input[type="file"]', path);
  await other.locator('[data-node="group:both"]').waitFor();
  await other.waitForSelector("aside >> text=1 pinned, 1 grouped");
  await other.setInputFiles('input[type="file"]', {
    name: "notes.json",
    mimeType: "application/json",
    buffer: Buffer.from("{}"),
  });
  await other.waitForSelector("aside >> text=choose such a file");
  await accessible(other);
  await unclipped(other);
});

test("a graph of five thousand nodes is painted, pointed at, and moved without a long wait", async ({
  open,
}) => {
  const page = await open("#/flow");
  await page.waitForSelector(".spot");
  const like = flow.nodes.find((n) => n.kind === "neuron");
  if (like === undefined) throw new Error("expected a neuron among the recorded nodes");
  const many = Array.from({ length: 5000 }, (_, i): FlowNode => {
    const [layer, position] = [i % flow.layers, Math.floor(i / flow.layers) % flow.tokens.length];
    return {
      ...like,
      id: `L${layer}N${i}@${position}`,
      label: `L${layer}N${i}`,
      layer,
      position,
      influence: 1e-5,
    };
  });
  await answer(page, {
    ...flow,
    nodes: [...flow.nodes, ...many],
    edges: [
      ...flow.edges,
      ...many.map((n) => ({
        from: n.id,
        to: "mid5@13",
        kind: "part" as const,
        value: 0.01,
        influence: 1e-5,
        width: 1,
      })),
    ],
  });
  check((await page.locator(".spot").count()) === 400, "expected 400 nodes with an element of their own");
  check((await painted(page)) > 20_000, "expected the many on the canvas");
  await page.locator(".canvas").hover();
  const box = await page.locator(".canvas").boundingBox();
  if (box === null) throw new Error("expected the canvas on the page");
  // No element of the page stands for most of them: the nearest is found.
  const last = many.at(-1);
  const at = placed({ ...flow, nodes: [...flow.nodes, ...many] }).nodes.find((p) => p.node.id === last?.id);
  if (last === undefined || at === undefined) throw new Error("expected the last to be placed");
  check((await page.locator(`[data-node="${last.id}"]`).count()) === 0, "expected no element for the last");
  const [left = 0, above = 0, zoom = 1] = await page
    .locator(".sheet")
    .evaluate((e) => (e.getAttribute("style") ?? "").match(/-?[\d.]+(?=px[,)]|\))/g)?.map(Number) ?? []);
  await page.mouse.click(box.x + 1 + left + at.x * zoom, box.y + 1 + above + at.y * zoom);
  await page.waitForSelector(`aside h2.mono:has-text("${last.label}")`);
});

test("edges are coloured by what they add here less than in another run", async ({ open }) => {
  const page = await open("#/flow");
  await page.waitForSelector(".spot");
  const plain = await page.locator(".canvas canvas").screenshot();
  const edges = flow.edges.map((e) => ({ ...e, value: (e.value ?? 0) + 1 }));
  const asked: unknown[] = [];
  await page.route("**/api/v1/flow", (route) => {
    const body = route.request().postDataJSON() as { other?: unknown };
    asked.push(body.other);
    return route.fulfill({
      json:
        body.other === undefined
          ? flow
          : { ...flow, other: { nodes: [], edges, totals: { ...flow.totals, logit: 1.5 } } },
    });
  });
  await page.getByLabel("What the graph is held against").selectOption("plain");
  await page.waitForSelector("text=edges coloured by what they add here less in the other run");
  check(JSON.stringify(asked.at(-1)) === '{"plain":true}', `expected no edits asked, got ${String(asked)}`);
  check(!plain.equals(await page.locator(".canvas canvas").screenshot()), "expected other colours");
  await page.getByLabel("What the graph is held against").selectOption("text");
  await page.getByLabel("The other prompt, of as many tokens").waitFor();
  await sound(page);
});

for (const look of looks)
  test(`the graph with what is pinned and grouped is sound at ${nameOf(look)}`, async ({ open }) => {
    const page = await open("#/flow", look);
    await page.waitForSelector(".spot");
    await pin(page, one);
    await pin(page, two);
    await sound(page);
  });
