/** What a page must hold up to everywhere: readable text, nothing clipped, names for everything that can be pressed. */
import type { Page } from "playwright-core";
import { check } from "./harness.ts";

/** Every visible text reaches 4.5:1 on what is painted behind it (3:1 where it is large), disabled controls aside. */
export async function readable(page: Page): Promise<void> {
  const poor = await page.evaluate(() => {
    type Colour = [number, number, number, number];
    const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const cache = new Map<string, Colour>();
    const rgba = (css: string): Colour => {
      const known = cache.get(css);
      if (known !== undefined) return known;
      if (pen === null) return [0, 0, 0, 1];
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = css;
      pen.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, a = 0] = pen.getImageData(0, 0, 1, 1).data;
      const colour: Colour = [r, g, b, a / 255];
      cache.set(css, colour);
      return colour;
    };
    const over = (top: Colour, under: Colour): Colour => [
      top[0] * top[3] + under[0] * (1 - top[3]),
      top[1] * top[3] + under[1] * (1 - top[3]),
      top[2] * top[3] + under[2] * (1 - top[3]),
      1,
    ];
    const ground = (element: Element | null): Colour => {
      if (element === null) return [255, 255, 255, 1];
      const own = rgba(getComputedStyle(element).backgroundColor);
      return own[3] >= 0.999 ? own : over(own, ground(element.parentElement));
    };
    const light = (c: Colour) => {
      const [r, g, b] = c
        .slice(0, 3)
        .map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)) as [
        number,
        number,
        number,
      ];
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim() ?? "";
      if (
        element === null ||
        text === "" ||
        element.closest("script, style, noscript, .hidden, title, [disabled], [aria-disabled=true]") !== null
      )
        continue;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const style = getComputedStyle(element);
      const fill = element instanceof SVGElement ? style.fill : style.color;
      const back = ground(
        element instanceof SVGElement ? (element.closest("svg")?.parentElement ?? null) : element,
      );
      const ink = over(rgba(fill), back);
      const [a, b] = [light(ink), light(back)];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      const large =
        parseFloat(style.fontSize) >= 24 ||
        (parseFloat(style.fontSize) >= 18.7 && Number(style.fontWeight) >= 700);
      if (ratio < (large ? 3 : 4.5) - 0.01)
        found.push(`${ratio.toFixed(2)}:1 "${text.slice(0, 30)}" ${fill} on ${back.map(Math.round).join()}`);
    }
    return [...new Set(found)];
  });
  check(poor.length === 0, `expected text contrast of at least 4.5:1, got\n${poor.slice(0, 12).join("\n")}`);
}

/** Nothing sticks out of the window and no control cuts off its own text. */
export async function unclipped(page: Page): Promise<void> {
  const cut = await page.evaluate(() => {
    const found: string[] = [];
    const name = (e: Element) =>
      `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""} "${(e.textContent ?? "").trim().slice(0, 30)}"`;
    if (document.documentElement.scrollWidth > innerWidth)
      found.push(`the page is ${document.documentElement.scrollWidth} wide in ${innerWidth}`);
    const scrolls = (e: Element) => {
      for (let p = e.parentElement; p !== null; p = p.parentElement) {
        const style = getComputedStyle(p);
        if (
          /(auto|scroll)/.test(style.overflowX + style.overflowY) &&
          p.tagName !== "MAIN" &&
          p.tagName !== "ASIDE"
        )
          return true;
      }
      return false;
    };
    const floats = (e: Element | null): boolean =>
      e !== null && (getComputedStyle(e).position === "fixed" || floats(e.parentElement));
    for (const e of document.querySelectorAll("header *, nav *, main *, aside *")) {
      if (!e.checkVisibility() || e.closest(".hidden, svg") !== null || scrolls(e)) continue;
      const box = e.getBoundingClientRect();
      if (box.width === 0) continue;
      if (box.right > innerWidth + 1 || box.left < -1)
        found.push(
          `${name(e)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)} of ${innerWidth}`,
        );
      if (box.bottom > innerHeight + 1 && floats(e))
        found.push(`${name(e)} floats below the window, to ${Math.round(box.bottom)} of ${innerHeight}`);
      const panel = floats(e) ? undefined : e.closest("main, aside, nav, header")?.getBoundingClientRect();
      if (panel !== undefined && box.right > panel.right + 1)
        found.push(`${name(e)} sticks out of its panel by ${Math.round(box.right - panel.right)}`);
      const allowed =
        e.matches("textarea, input, .tokens, .lens-grid") ||
        (!e.matches(".name") && getComputedStyle(e).textOverflow === "ellipsis");
      if (
        !allowed &&
        e.matches("button, h1, h2, h3, label, dd, p, .badge, .name, td, th") &&
        e.scrollWidth > e.clientWidth + 1 &&
        getComputedStyle(e).display !== "inline"
      )
        found.push(`${name(e)} needs ${e.scrollWidth} and has ${e.clientWidth}`);
    }
    return [...new Set(found)];
  });
  check(cut.length === 0, `expected nothing clipped, got\n${cut.slice(0, 12).join("\n")}`);
}

/** Whatever can be pressed or filled in has a name, and ids are unique. */
export async function named(page: Page): Promise<void> {
  const nameless = await page.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
    const twice = ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `id ${id} is used twice`);
    const nameOf = (e: Element) =>
      e.getAttribute("aria-label") ??
      (e instanceof HTMLInputElement || e instanceof HTMLTextAreaElement
        ? (e.labels?.[0]?.textContent ?? "")
        : (e.textContent ?? ""));
    const empty = [
      ...document.querySelectorAll("button, input, textarea, [role=button], [role=gridcell], [role=option]"),
    ]
      .filter((e) => e.checkVisibility() && nameOf(e).trim() === "")
      .map((e) => e.outerHTML.slice(0, 90));
    return [...twice, ...empty];
  });
  check(
    nameless.length === 0,
    `expected a name on everything, got none on\n${nameless.slice(0, 8).join("\n")}`,
  );
}
