package io.lexiscope.workbench.edits;

import io.lexiscope.analysis.edit.EditSchedule;
import org.jspecify.annotations.Nullable;

/// How edits are evaluated.
///
/// @param cases how many of the file's, evenly spread; all when absent
/// @param schedule `independent` when absent
/// @param others whether every other case's fact is asked after each edit; false when absent
/// @param perplexity positions of the default text whose perplexity is taken after each edit, 0 for
///   none; 512 when absent
/// @param fluency tokens generated after each edit for the entropy of n-grams; 0 when absent
public record EvaluateEditsPlan(
    @Nullable Integer cases,
    @Nullable EditSchedule schedule,
    @Nullable Boolean others,
    @Nullable Integer perplexity,
    @Nullable Integer fluency) {}
