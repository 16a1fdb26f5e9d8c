/// One text of a model's and what was measured on it: the norms of its streams, its sinks, and what
/// each neuron does.
///
/// ```
///  texts ──► run each ──► ‖stream‖ by layer ──► medians ──► Sinks: whose norm is twenty times that
///                │
///                └──────► coefficients ──► NeuronHabit: usual sign, mean |m|, … sinks left out
/// ```
///
/// Memory: six numbers for each neuron; of a run one layer's coefficients at a time. Threads: free
/// to share once measured. Start with [io.lexiscope.model.text.TextStatistics#measure].
@NullMarked
package io.lexiscope.model.text;

import org.jspecify.annotations.NullMarked;
