/// A verb that is not of Lexiscope: one folder and one line add it to the command line, to the
/// server and to the library.
///
/// ```
///  CountRequest ──► CountUseCase ──► CountResult
///        ▲                               │
///  CountCommand, POST /api/v1/count      ▼  text, JSON, count.csv
/// ```
///
/// Memory: the workbench owns the model. Threads: each test has its own workbench. Start with
/// [TrialVerbTest].
@NullMarked
package io.lexiscope.cli.trial;

import org.jspecify.annotations.NullMarked;
