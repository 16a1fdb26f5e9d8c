/// Tests of editing: what patches do to keys and values, by the methods' own equations, and what a
/// small world's facts come to.
///
/// ```
///  golden models, microworld ──► Editor ──► patched views ──► identities, answers
/// ```
///
/// Memory: a small model at a time. Threads: one. Start with EditorTest.
@NullMarked
package io.lexiscope.analysis.edit;

import org.jspecify.annotations.NullMarked;
