/// Tests of divergences and ranks against sums in plain Java.
///
/// ```
///  golden model, or numbers by hand ──► the definition in double precision ──► what is returned
/// ```
///
/// Memory: every test closes its model. Threads: each test is confined to its thread. Start with
/// [LogitPairTest].
@NullMarked
package io.lexiscope.analysis.compare;

import org.jspecify.annotations.NullMarked;
