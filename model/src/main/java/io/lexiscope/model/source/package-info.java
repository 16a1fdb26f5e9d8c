/// Where a model comes from, and the only way to what it is made of: a folder in Hugging Face
/// layout is read here and nowhere else.
///
/// ```
///             ┌─► config()     what the network is, as a config.json says it
///  path ─► ModelSource ─► tensors()    names to mapped memory
///             ├─► tokenizer()  text to ids
///             └─► hashes()     which documents these are
/// ```
///
/// Memory: what [ModelSource#tensors] maps belongs to the checkpoint it returns; a tokenizer owns
/// its native memory. Threads: a source is immutable and may be shared. Start with
/// [ModelSource#of].
@NullMarked
package io.lexiscope.model.source;

import org.jspecify.annotations.NullMarked;
