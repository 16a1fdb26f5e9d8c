import ts from "typescript-eslint";
import svelte from "eslint-plugin-svelte";
import globals from "globals";

/** The page draws what Java computed: these calls are where a computation would start to creep in. */
const drawsOnly = ["exp", "log", "log2", "log1p", "expm1"].map((property) => ({
  object: "Math",
  property,
  message: "The page draws, it does not compute: put the number into the view record (style rule 20).",
}));

export default ts.config(
  { ignores: ["node_modules", "dist", "reports", "src/api/types.ts"] },
  ...ts.configs.strict,
  ...svelte.configs["flat/recommended"],
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      "no-restricted-properties": ["error", ...drawsOnly],
      "@typescript-eslint/no-non-null-assertion": "error",
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    files: ["scripts/**", "tests/**"],
    rules: { "no-console": "off", "no-restricted-properties": "off" },
  },
);
