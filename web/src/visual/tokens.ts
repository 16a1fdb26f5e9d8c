/** The colours that pictures name, as they are in `app.css` (a test compares): files leave the page without its style sheet. */
import type { Theme } from "./scales";

const light = {
  panel: "#ffffff",
  line: "#dfe3e9",
  "line-strong": "#b9c1cd",
  ink: "#1b2430",
  dim: "#525d6e",
  faint: "#5f6a7a",
  accent: "#3b5bdb",
  "accent-ink": "#3553cc",
  target: "#e8590c",
  "target-ink": "#b93c04",
};

export type Token = keyof typeof light;

const dark: Record<Token, string> = {
  panel: "#171c23",
  line: "#2a313b",
  "line-strong": "#475160",
  ink: "#e6eaf0",
  dim: "#a6b1bf",
  faint: "#95a1b1",
  accent: "#7c9cff",
  "accent-ink": "#93adff",
  target: "#ff9f5a",
  "target-ink": "#ffa868",
};

export const tokens: Record<Theme, Record<Token, string>> = { light, dark };

/** Type of pictures: `face` says which. */
export const faces = {
  sans: "Inter, system-ui, sans-serif",
  mono: "JetBrains Mono, ui-monospace, Menlo, Consolas, monospace",
};
