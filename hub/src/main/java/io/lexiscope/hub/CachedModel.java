package io.lexiscope.hub;

import java.nio.file.Path;

/// A model in the cache.
///
/// @param name what opens it
/// @param commit what the revision stands for
/// @param folder the snapshot
public record CachedModel(HubName name, String commit, Path folder) {}
