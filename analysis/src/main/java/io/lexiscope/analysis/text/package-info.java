/// The text that a model is read on where none is given.
///
/// ```
///  plain-english.txt ──► PlainEnglish ──► paragraphs, as a model reads them
/// ```
///
/// Memory: a few pages. Threads: free to share. Start with
/// [io.lexiscope.analysis.text.PlainEnglish].
@NullMarked
package io.lexiscope.analysis.text;

import org.jspecify.annotations.NullMarked;
