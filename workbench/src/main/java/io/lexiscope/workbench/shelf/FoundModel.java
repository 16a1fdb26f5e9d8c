package io.lexiscope.workbench.shelf;

import io.lexiscope.workbench.view.ModelSource;
import java.nio.file.Path;

/// A model that was found and not opened yet.
///
/// @param name what it was asked for by
/// @param folder where its files are
/// @param source how it was found
public record FoundModel(String name, Path folder, ModelSource source) {}
