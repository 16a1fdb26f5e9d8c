import { flushSync, mount, unmount } from "svelte";
import { describe, expect, it } from "vitest";
import { pieces, termOf, terms } from "../../src/parts/glossary";
import Help from "../../src/parts/Help.svelte";

const sources = Object.values(
  import.meta.glob<string>("../../src/**/*.svelte", { query: "?raw", import: "default", eager: true }),
);

describe("the glossary", () => {
  it("holds every term that a question mark names", () => {
    const named = sources.flatMap((text) =>
      [...text.matchAll(/<Help\s+term="([^"]*)"/g)].map((m) => m[1] ?? ""),
    );
    expect(named.length).toBeGreaterThan(25);
    const known = terms.map((term) => term.name);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  it("says which name is wrong", () => {
    expect(() => termOf("nosuchterm")).toThrow("got nosuchterm");
  });

  it("tells code from words", () => {
    expect(pieces("as `L2H1` says")).toEqual([
      { text: "as ", code: false },
      { text: "L2H1", code: true },
      { text: " says", code: false },
    ]);
  });

  it("is what a question mark opens", async () => {
    const target = document.createElement("div");
    document.body.append(target);
    const drawn = mount(Help, { target, props: { term: "value vector" } });
    flushSync();
    const button = target.querySelector("button");
    expect(button?.getAttribute("aria-label")).toBe("What is value vector?");
    expect(target.querySelector("[role=note]")).toBeNull();

    button?.click();
    flushSync();

    const said = target.querySelector("[role=note]")?.textContent ?? "";
    const term = termOf("value vector");
    expect(said).toContain(term.meaning);
    expect(said).toContain(term.more);
    await unmount(drawn);
    target.remove();
  });
});
