/** Colours and type of pictures that leave the page as files. */
export const looks = {
  light: {
    page: "#ffffff",
    ink: "#1b2430",
    dim: "#525d6e",
    line: "#dfe3e9",
    target: "#e8590c",
    rival: "#3b5bdb",
  },
  dark: {
    page: "#171c23",
    ink: "#e6eaf0",
    dim: "#a6b1bf",
    line: "#2a313b",
    target: "#ff9f5a",
    rival: "#7c9cff",
  },
};
export const mono = "JetBrains Mono, ui-monospace, Menlo, Consolas, monospace";
export const sans = "Inter, system-ui, sans-serif";
