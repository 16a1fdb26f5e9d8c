/// The texts that a request over many texts reads: those of a file, those of the model's task, or
/// the model's default text.
///
/// ```
///  "file.txt", "file.jsonl" ──► TextFiles ────┐
///  a model's recipe ──► TaskSentences ────────┼──► texts, token ids
///  nothing given ──► DefaultText of the model ┘
///  one of the three, by what a request names ──► PromptSet
/// ```
///
/// Memory: plain data. Threads: free to share. Start with [DefaultText].
@NullMarked
package io.lexiscope.workbench.corpus;

import org.jspecify.annotations.NullMarked;
