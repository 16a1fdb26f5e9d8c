package io.lexiscope.workbench;

import io.lexiscope.hub.find.ModelFinder;
import io.lexiscope.workbench.job.Jobs;
import io.lexiscope.workbench.search.IndexShelf;
import io.lexiscope.workbench.shelf.ModelShelf;

/// What a workbench keeps for its features.
///
/// @param finder finds models by their names
/// @param models the open models
/// @param indexes the open indexes
/// @param jobs the work under way
public record Shelves(ModelFinder finder, ModelShelf models, IndexShelf indexes, Jobs jobs) {}
