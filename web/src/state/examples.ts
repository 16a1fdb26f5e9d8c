/** Prompts for a model whose entry brings none of its own. */
import type { ModelExample } from "../api/types";

export const fallbackExamples: readonly ModelExample[] = [
  {
    text: "When Mary and John went to the store, John gave a drink to",
    target: " Mary",
    against: " John",
    title: "Who gets the drink?",
  },
  { text: "Once upon a time there was a", title: "How a story begins" },
];
