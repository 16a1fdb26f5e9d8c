package io.lexiscope.hub.find;

import java.nio.file.Path;

/// A model that was found and not opened yet.
///
/// @param name what it was asked for by
/// @param folder where its files are
/// @param origin how it was found
public record FoundModel(String name, Path folder, ModelOrigin origin) {}
