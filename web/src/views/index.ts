/** The views there are, in the order of the navigation. */
import { editsView } from "./edits";
import { flowView } from "./flow";
import { generateView } from "./generate";
import { gradientsView } from "./gradients";
import { headsView } from "./heads";
import { inversionView } from "./inversion";
import { lensView } from "./lens";
import { modelView } from "./model";
import { neuronsView } from "./neurons";
import { searchView } from "./search";
import type { View } from "./view";

export const views: readonly View[] = [
  lensView,
  flowView,
  headsView,
  neuronsView,
  gradientsView,
  searchView,
  inversionView,
  editsView,
  generateView,
  modelView,
];
