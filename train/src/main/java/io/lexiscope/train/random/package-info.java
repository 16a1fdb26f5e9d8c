/// Makes models with random weights in a known shape, for benchmarks: their words mean nothing,
/// their times and their memory are those of a trained model.
///
/// ```
///  "gpt2", or a config.json ──► KnownShapes ──► ModelConfig ──► RandomModel(seed) ──► config.json, model.safetensors
/// ```
///
/// Memory: one weight at a time, beside the mapped file that is written. Threads: a model is made
/// by one thread. Start with [io.lexiscope.train.random.RandomModel#write].
@NullMarked
package io.lexiscope.train.random;

import org.jspecify.annotations.NullMarked;
