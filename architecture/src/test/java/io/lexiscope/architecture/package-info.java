/// Holds the rules of ARCHITECTURE.md and CONTRIBUTING.md against the project's classes, sources
/// and documents.
///
/// ```
///  ARCHITECTURE.md ─► ModuleDiagram ─┐
///  compiled classes ─► Codebase ─────┴─► CodeRules ────┐
///  *.java, *.ts, … ─► Repository ─────► SourceRules ───┼─► violations, none expected
///  *.md ────────────► Repository ─────► DocumentRules ─┘
/// ```
///
/// Memory: no native memory is used; the imported classes are kept for the run of the tests.
/// Threads: everything is immutable once built. Start with [CodeRulesTest].
@NullMarked
package io.lexiscope.architecture;

import org.jspecify.annotations.NullMarked;
