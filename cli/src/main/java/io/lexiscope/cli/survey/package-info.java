/// The command `survey`.
///
/// ```
///  options ──► SurveyCommand ──► SurveyRequest; SurveyResult ──► tables
/// ```
///
/// Memory: one result. Threads: the command line's own. Start with [SurveyCommand].
@NullMarked
package io.lexiscope.cli.survey;

import org.jspecify.annotations.NullMarked;
