/// Tests of inversion against brute force on tiny models, and against the published checkpoints.
///
/// ```
///  tiny model, each input alone, formula in doubles ──► distances ◄── Preimage
///  LEXISCOPE_ASSETS: published checkpoints ──► sizes and contents of preimages ◄── Preimage
/// ```
///
/// Memory: every test closes its model. Threads: each test is confined to its thread. Start with
/// [PreimageTest].
@NullMarked
package io.lexiscope.analysis.inversion;

import org.jspecify.annotations.NullMarked;
