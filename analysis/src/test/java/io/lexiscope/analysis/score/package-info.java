/// Tests of losses against sums in plain Java.
///
/// ```
///  golden model, all logits at once ──► −log softmax in double precision ──► what TextScorer gives
/// ```
///
/// Memory: every test closes its model. Threads: each test is confined to its thread. Start with
/// [TextScorerTest].
@NullMarked
package io.lexiscope.analysis.score;

import org.jspecify.annotations.NullMarked;
