/// Tests of effects of coefficients against finite differences, scores against hand counts.
///
/// ```
///  golden model, or numbers by hand ──► the definition in double precision ──► what is returned
/// ```
///
/// Memory: every test closes its model. Threads: each test is confined to its thread. Start with
/// [LexiconPullTest].
@NullMarked
package io.lexiscope.analysis.detox;

import org.jspecify.annotations.NullMarked;
