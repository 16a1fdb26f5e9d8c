/// Tests of the backward lens: factors against the reference's gradients, closed forms, and what
/// updates really do.
///
/// ```
///  golden gradients, closed forms, patched models ──► what BackwardLens and FactorGram give
/// ```
///
/// Memory: a tiny model at a time. Threads: one. Start with BackwardLensTest.
@NullMarked
package io.lexiscope.analysis.gradient;

import org.jspecify.annotations.NullMarked;
