/// Where two groups of inputs part: which places tell them apart on inputs that nothing was fitted
/// to, how little anything else moves those places, and whether the answer goes with them.
///
/// ```
///  two InputGroups ─► SiteSweep (every head and stream) ─► Spreads ─► Separation (places, ranked)
///                                                                        └─► GroupSwaps (best ones)
/// ```
///
/// Memory: vectors of one batch of passes and, of each place, one number an input and a few sums.
/// Threads: everything is confined to the call; records may be shared. Start with
/// [io.lexiscope.analysis.separation.Separation].
@NullMarked
package io.lexiscope.analysis.separation;

import org.jspecify.annotations.NullMarked;
