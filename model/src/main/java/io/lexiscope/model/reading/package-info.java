/// Turns vectors of the residual stream into words and scores: the one place where that is done.
///
/// ```
///  vectors ──► fold (gain of the final norm) ──► W_U ──► logits ──► list of words, each with z
///                │                                │
///                │      CentredUnembedding: mean row Ū, lengths ‖U_w − Ū‖, covariance [d × d]
///                └──────────► mean and spread over the vocabulary, exact, without a logit
///  Tokenizer, lengths ──► UnderTrained: what lists leave out, and count
/// ```
///
/// A word is read against the mean word: softmax does not see what all words get alike, and in
/// trained models that is most of what a word gets. The *word score* z says how unusual a word's
/// part is for a random vector of the same length, the *vector score* how far the word stands out
/// among the words of this vector.
///
/// Memory: plain numbers, a float for each word and `d²` of the covariance, made when first asked
/// for and kept as long as the model. Threads: free to share. Start with
/// [io.lexiscope.model.reading.VectorReader].
@NullMarked
package io.lexiscope.model.reading;

import org.jspecify.annotations.NullMarked;
