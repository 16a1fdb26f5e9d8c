package io.lexiscope.workbench.events;

import io.lexiscope.analysis.ffn.ScoreExtremes;
import io.lexiscope.base.Estimate;

/// One layer over a corpus.
///
/// @param layer from 0
/// @param saturated share of examples whose saturation layer it is, 0 to 1
/// @param leading scores of the ten dominant sub-updates for the word that led before it
/// @param withoutExtreme the same without extreme value vectors
/// @param shareLower first quartile of the ten's share of the sum of dominances, 0 to 1
/// @param share its median
/// @param shareUpper its third quartile
/// @param randomShare the median share of ten random sub-updates
public record EventLayerView(
    int layer,
    Estimate saturated,
    ScoreExtremes leading,
    ScoreExtremes withoutExtreme,
    double shareLower,
    Estimate share,
    double shareUpper,
    Estimate randomShare) {}
