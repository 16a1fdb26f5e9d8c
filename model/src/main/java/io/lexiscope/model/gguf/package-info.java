/// Reads GGUF, the format in which most people who run a model on a processor have it: versions 2
/// and 3, little-endian, in one file or split over several, mapped and not read.
///
/// ```
///  model.gguf ──────────────────┐           ┌─► Metadata  (keys to values; long lists stay in the mapping)
///  model-00001-of-00003.gguf ─┬─┴► GgufFile ┤
///  model-00002-of-00003.gguf ─┤             └─► StoredTensor (name, type, shape, memory)
///  model-00003-of-00003.gguf ─┘
/// ```
///
/// Nothing that a file says of itself is believed before it is checked against the file's length: a
/// damaged or hostile file gets one line, and no more memory than a multiple of its header.
///
/// Memory: mapped memory belongs to the arena given at opening. Threads: everything may be shared
/// once opened. Start with [GgufFile#open].
///
/// @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the format</a>
@NullMarked
package io.lexiscope.model.gguf;

import org.jspecify.annotations.NullMarked;
