/** What the page must hold up to everywhere: within reach of everyone by WCAG 2.2 AA, and nothing clipped. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { check } from "./test.ts";

const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export async function sound(page: Page): Promise<void> {
  await accessible(page);
  await unclipped(page);
}

/** No violation of WCAG 2.2, levels A and AA, that axe can find. */
export async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(levels).analyze();
  const told = violations.flatMap(({ id, help, nodes }) => [
    `${id}: ${help}`,
    ...nodes.slice(0, 6).map((n) => {
      const why = [...n.any, ...n.all, ...n.none].map((c) => c.message).join("; ");
      return `    ${n.target.join(" ")}  ${n.html.slice(0, 120)}  ${why.slice(0, 240)}`;
    }),
    ...(nodes.length > 6 ? [`    and ${nodes.length - 6} more`] : []),
  ]);
  check(told.length === 0, `expected nothing against WCAG 2.2 AA, got\n${told.join("\n")}`);
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
