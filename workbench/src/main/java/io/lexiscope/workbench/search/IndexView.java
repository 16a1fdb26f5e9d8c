package io.lexiscope.workbench.search;

import org.jspecify.annotations.Nullable;

/// An index of a model's vectors.
///
/// @param vectors how many
/// @param words how many of the strongest, and of the weakest, words are kept of each
/// @param bytes on disk
/// @param built whether it was built for this request
/// @param corpus text on which firing rates were measured; absent without
/// @param positions positions of it; absent without
public record IndexView(
    int vectors,
    int words,
    long bytes,
    boolean built,
    @Nullable String corpus,
    @Nullable Long positions) {}
