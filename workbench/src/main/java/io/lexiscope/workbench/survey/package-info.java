/// The verb `survey`: what a model's parts do over a set of prompts.
///
/// ```
///  SurveyRequest ──► SurveyUseCase ──► analysis.survey ──► SurveyResult (OverlapLayer…, NormFilter…, ActiveNeuron…)
///                                                              └──► overlap.csv, norms.csv, neurons.csv
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [SurveyUseCase].
@NullMarked
package io.lexiscope.workbench.survey;

import org.jspecify.annotations.NullMarked;
