/// The verb `explain`: what a term means, from the one glossary that page and documents use too.
///
/// ```
///  glossary.json ──► Glossary ──► ExplainUseCase ──► ExplainResult: the terms asked for
///        ├──► the page's question marks
///        └──► docs/glossary.md
/// ```
///
/// Memory: the glossary is read once and kept. Threads: free to share. Start with
/// [io.lexiscope.workbench.glossary.Glossary].
@NullMarked
package io.lexiscope.workbench.glossary;

import org.jspecify.annotations.NullMarked;
