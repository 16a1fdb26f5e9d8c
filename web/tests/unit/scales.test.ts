import css from "../../src/app.css?raw";
import { describe, expect, it } from "vitest";
import {
  contrast,
  entropyScale,
  inkOn,
  luminance,
  minimumContrast,
  probabilityScale,
  rankScale,
  type ColourScale,
  type Theme,
} from "../../src/visual/scales";

const themes: readonly Theme[] = ["light", "dark"];
const steps = Array.from({ length: 501 }, (_, i) => i / 500);

function scales(theme: Theme): Record<string, readonly string[]> {
  const backgrounds = (scale: ColourScale, values: readonly number[]) =>
    values.map((v) => scale.of(v).background);
  return {
    probability: backgrounds(probabilityScale(theme), steps),
    rank: backgrounds(
      rankScale(theme, 50_257, "␣Mary"),
      steps.map((s) => 50_257 ** (1 - s)),
    ),
    entropy: backgrounds(
      entropyScale(theme, 12, "bits"),
      steps.map((s) => 12 * (1 - s)),
    ),
  };
}

describe.each(themes)("the colour scales of the %s theme", (theme) => {
  it.each(["probability", "rank", "entropy"])("keep text readable at every value of %s", (name) => {
    const worst = (scales(theme)[name] ?? []).reduce((w, b) => Math.min(w, contrast(b, inkOn(b, theme))), 21);

    expect(worst).toBeGreaterThanOrEqual(minimumContrast);
  });

  it.each(["probability", "rank", "entropy"])(
    "go one way in lightness for %s, so that colour vision is not needed",
    (name) => {
      const light = (scales(theme)[name] ?? []).map(luminance);
      const direction = theme === "light" ? -1 : 1;
      const wrong = light.slice(1).filter((l, i) => direction * (l - (light[i] ?? 0)) < -0.002);

      expect(wrong).toEqual([]);
    },
  );

  it("paint what has no number like nothing, never like something", () => {
    const scale = probabilityScale(theme);

    expect(scale.of(null)).toEqual(scale.of(0));
    expect(scale.of(undefined)).toEqual(scale.of(0));
  });
});

it("measures contrast as WCAG does", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

it("refuses a colour it cannot read", () => {
  expect(() => luminance("rebeccapurple")).toThrow("expected #rrggbb or rgb(r, g, b), got rebeccapurple");
});

describe("the palette", () => {
  const block = (start: string) => css.slice(css.indexOf(start), css.indexOf("}", css.indexOf(start)));
  const read = (text: string) =>
    Object.fromEntries(
      [...text.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1] ?? "", m[2] ?? ""]),
    );
  const palettes = { light: read(block(":root {")), dark: read(block('[data-theme="dark"] {')) };
  const texts = ["ink", "dim", "faint", "accent-ink", "target-ink", "bad", "good"];
  const grounds = ["bg", "panel", "chip"];

  it.each(themes.flatMap((t) => texts.flatMap((x) => grounds.map((g) => [t, x, g] as const))))(
    "%s: %s is readable on %s",
    (theme, text, ground) => {
      const palette = palettes[theme];

      expect(contrast(palette[text] ?? "", palette[ground] ?? "")).toBeGreaterThanOrEqual(minimumContrast);
    },
  );

  it.each(themes)("%s: a button's text is readable on the accent", (theme) => {
    expect(
      contrast(palettes[theme]["on-accent"] ?? "", palettes[theme]["accent"] ?? ""),
    ).toBeGreaterThanOrEqual(minimumContrast);
  });
});
