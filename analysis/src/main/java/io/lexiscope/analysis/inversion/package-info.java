/// Which inputs share an activation: its ε-preimage, found by going through all inputs there are or
/// through given ones, and what they have in common.
///
/// ```
///  InputSpace ─► SiteSweep ─► InputDistances ─► Preimage (members, ε curve) ─► PreimageReading (features)
///  InversionQuery ──┘                              │                             ▲ FeatureSet
///                                                  └─► CausalSwaps (causal)   Faithfulness (η² of a site)
/// ```
///
/// Memory: a batch of passes at a time, and one distance a query and input. Threads: everything is
/// confined to the call; records may be shared. Start with
/// [io.lexiscope.analysis.inversion.Preimage].
@NullMarked
package io.lexiscope.analysis.inversion;

import org.jspecify.annotations.NullMarked;
