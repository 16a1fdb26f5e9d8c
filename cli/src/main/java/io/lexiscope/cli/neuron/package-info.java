/// The command `neuron`.
///
/// ```
///  arguments ──► NeuronCommand ──► request ──► Workbench ──► result ──► JSON, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with [NeuronCommand].
@NullMarked
package io.lexiscope.cli.neuron;

import org.jspecify.annotations.NullMarked;
