package io.lexiscope.workbench.models;

import io.lexiscope.workbench.ask.Request;
import org.jspecify.annotations.Nullable;

/// Asks to fetch a model from the hub into the cache.
///
/// @param id `name`, `org/name`, or either with `@revision`
/// @param revision branch, tag or commit; `main` when absent and not part of `id`
/// @param file one GGUF file of the repository; the model as a folder when absent
public record PullRequest(String id, @Nullable String revision, @Nullable String file)
    implements Request<PullResult> {}
