/// Tests of what scripts outside rely on: the names, the order and the numbers of every verb's
/// answer, recorded in `src/test/resources/answers`.
///
/// ```
///  answers/lens.json: verb, request ──► Workbench ──► answer, files
///                     answer, files ◄── compared ─────────┘
/// ```
///
/// Memory: every answer closes its workbench. Threads: each answer has a workbench of its own.
/// Start with [RecordedAnswersTest].
@NullMarked
package io.lexiscope.workbench.contract;

import org.jspecify.annotations.NullMarked;
