/// Repeats the studies of papers on any model: each check says what was published, what is
/// measured, and whether the two agree, or why the check cannot be made here.
///
/// ```
///  model, text ──► Study.checks ──► StudyCheck (published, measured, outcome, note) ──► report
/// ```
///
/// Memory: everything native is freed when a check returns. Threads: a study is immutable; its
/// checks are made one after another on the caller's thread. Start with
/// [io.lexiscope.analysis.study.Study#checks].
@NullMarked
package io.lexiscope.analysis.study;

import org.jspecify.annotations.NullMarked;
