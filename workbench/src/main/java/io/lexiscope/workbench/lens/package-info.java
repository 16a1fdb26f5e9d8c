/// The verb `lens`: what the vocabulary says of the vectors at hook points.
///
/// ```
///  LensRequest ──► LensUseCase ──► analysis.lens ──► LensResult
///                                                      └── LensCsv: readings.csv
/// ```
///
/// Here are also the records for a word with its numbers, [TokenReading] and [TargetReading], and
/// the conventions of reading, which other rooms share.
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [LensUseCase].
@NullMarked
package io.lexiscope.workbench.lens;

import org.jspecify.annotations.NullMarked;
