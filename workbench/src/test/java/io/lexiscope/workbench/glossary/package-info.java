/// Tests of the glossary, and of the page of documents that is written from it.
///
/// ```
///  glossary.json ──► Glossary ──► docs/glossary.md, answers
/// ```
///
/// Memory: none of its own. Threads: each test has its own. Start with [GlossaryTest].
@NullMarked
package io.lexiscope.workbench.glossary;

import org.jspecify.annotations.NullMarked;
