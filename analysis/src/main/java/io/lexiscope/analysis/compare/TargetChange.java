package io.lexiscope.analysis.compare;

import io.lexiscope.model.reading.TargetReading;
import org.jspecify.annotations.Nullable;

/// A word before and after.
///
/// @param before its probability, logit and rank in the unchanged model
/// @param after its probability, logit and rank in the changed model
/// @param rankChange ranks gained: rank before minus rank after, above 0 when it rises
/// @param logProbabilityChange log p after minus log p before, nats
/// @param logOddsChange the same of log(p / (1 − p)), nats
/// @param logOddsAgainstChange the same of log(p / p of the other word), nats; absent without one
public record TargetChange(
    TargetReading before,
    TargetReading after,
    int rankChange,
    double logProbabilityChange,
    double logOddsChange,
    @Nullable Double logOddsAgainstChange) {}
