package io.lexiscope.workbench.events;

import io.lexiscope.analysis.ffn.FfnEventKind;
import io.lexiscope.analysis.ffn.ScoreExtremes;

/// Scores of ten sub-updates for the words of events, averaged over events.
///
/// @param event which events
/// @param subUpdates `dominant`, or `random` ones of the same layer
/// @param scores averages of the largest, the mean and the smallest of the ten, logits
public record EventScoresView(FfnEventKind event, String subUpdates, ScoreExtremes scores) {}
