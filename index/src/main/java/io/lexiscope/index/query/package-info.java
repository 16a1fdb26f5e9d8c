/// The language in which vectors are searched, and what its words are in a vocabulary.
///
/// ```
///  "promotes:fire,burn suppresses:water layer:2-4 kind:neuron norm:>3"
///      └─ QueryText ─► SearchQuery: conditions + filters
///                          └─ WordForms ─► ResolvedWord: the tokens a word may be
/// ```
///
/// Memory: plain data. Threads: free to share. Start with
/// [io.lexiscope.index.query.SearchQuery#parse].
@NullMarked
package io.lexiscope.index.query;

import org.jspecify.annotations.NullMarked;
