/// The verbs `tokenize` and `complete`: a text as tokens, and the words that begin with a prefix.
///
/// ```
///  TokenizeRequest ──► tokenizer ──► TokenSpan…
///  CompleteRequest ──► vocabulary ──► TokenView…
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [TokenizeUseCase].
@NullMarked
package io.lexiscope.workbench.tokens;

import org.jspecify.annotations.NullMarked;
