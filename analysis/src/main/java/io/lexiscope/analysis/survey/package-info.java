/// Studies of a run over a set of prompts: which parts share words by depth, what norms do to
/// words, and which neurons are always active.
///
/// ```
///  prompts ──► a run of each, read at its last position ──┬─► OverlapSurvey   intersection scores by depth
///                                                         ├─► NormSurvey      words before and after each norm
///                                                         └─► ActiveSurvey    neurons active in nearly all prompts
/// ```
///
/// Memory: one run at a time, and a number for each word of the vocabulary and each norm, or for
/// each neuron. Threads: a survey belongs to one. Start with
/// [io.lexiscope.analysis.survey.RunSurvey].
@NullMarked
package io.lexiscope.analysis.survey;

import org.jspecify.annotations.NullMarked;
