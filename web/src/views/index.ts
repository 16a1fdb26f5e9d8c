/** The views there are, in the order of the navigation. */
import { editsView } from "./edits";
import { generateView } from "./generate";
import { gradientsView } from "./gradients";
import { lensView } from "./lens";
import { modelView } from "./model";
import { neuronsView } from "./neurons";
import { searchView } from "./search";
import type { View } from "./view";

export const views: readonly View[] = [
  lensView,
  neuronsView,
  gradientsView,
  searchView,
  editsView,
  generateView,
  modelView,
];
