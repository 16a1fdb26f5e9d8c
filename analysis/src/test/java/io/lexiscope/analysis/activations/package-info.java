/// Tests of the file of activations: what is written reads back as what the pass computed.
///
/// ```
///  golden model ──► ActivationFile ──► Safetensors ──► the same numbers as the run's
/// ```
///
/// Memory: every test closes its model. Threads: each test is confined to its thread. Start with
/// [ActivationFileTest].
@NullMarked
package io.lexiscope.analysis.activations;

import org.jspecify.annotations.NullMarked;
