/** Prompts for a model whose folder brings none of its own. */
import type { ModelExample } from "../api/types";

const drink = "When Mary and John went to the store, John gave a drink to";

/** The bundled model knows both names as tokens. */
const microworld: readonly ModelExample[] = [
  { text: drink, target: " Mary", against: " John", title: "Who gets the drink?" },
  { text: "The capital of Norway is", target: " Oslo", title: "A fact, and the layer where it appears" },
];

/** Nothing is known of the vocabulary: the target follows the model's own answer. */
const anyModel: readonly ModelExample[] = [
  { text: "Once upon a time there was a", title: "How a story begins" },
  { text: drink, title: "Who gets the drink?" },
];

export function fallbackExamples(model: string | undefined): readonly ModelExample[] {
  return model === "microworld" ? microworld : anyModel;
}
