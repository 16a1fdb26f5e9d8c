/// The verb `reproduce`: a paper's study taken again, number beside number, with a report.
///
/// ```
///  ReproduceRequest ──► ReproduceUseCase ──► analysis.study ──► ReproduceResult (StudyCheckView…)
///                                                  └── StudyReport: HTML and JSON beside the data
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [ReproduceUseCase].
@NullMarked
package io.lexiscope.workbench.study;

import org.jspecify.annotations.NullMarked;
