/// The vocabulary searchable: an index on disk of every vector a model writes into its residual
/// stream, with the words it promotes and suppresses, asked by word, by similarity and by filter.
///
/// ```
///  CatalogueVectors ──► VocabularyReadout (exact, streamed) ──► IndexBuilder ──► folder: lucene/ + vectors.f32
///                                                                               │
///  SearchQuery ──► filters: Lucene ──┐                                          ▼
///            └──► e_w·v of all vectors, one product ──► ranked ──► SearchHits ◄── VocabularyIndex
/// ```
///
/// Scores are never those of the lists that are kept: every search multiplies all vectors with the
/// word, so that a word that stands in nobody's list is found as exactly as any other.
///
/// Memory: building holds one block of vectors, one of logits and Lucene's buffer, some 200 MB;
/// searching maps the vectors. Threads: a [io.lexiscope.index.VocabularyIndex] is free to share.
/// Start with [io.lexiscope.index.IndexStore].
@NullMarked
package io.lexiscope.index;

import org.jspecify.annotations.NullMarked;
