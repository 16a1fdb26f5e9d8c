/// Recipes: JSON that says which network is fitted to which task, and how.
///
/// ```
///  name or file ──► Recipes ──► Recipe ─┬─ TaskRecipe ──► Tasks ──► Task
///                                       ├─ model: a config.json
///                                       └─ Fit: Batches, Schedule, Optimizer; Reports
/// ```
///
/// Memory: plain Java objects only. Threads: everything is immutable. Start with [Recipes#load].
@NullMarked
package io.lexiscope.train.recipe;

import org.jspecify.annotations.NullMarked;
