/// Turns a seed and an index into training examples and held-out questions of the bundled models'
/// tasks.
///
/// ```
///  (seed, split, index) ──► SequenceTask ──► SequenceExample / RegressionExample ──► trainer
///                      └──► CorpusTask   ──► document text ──► tokenizer ──► trainer
///  task.evaluationSets(n) ──► EvaluationSet(questions, scoring) ──► evaluation
///        Split is a function of the content (ContentSplit), never of the draw
/// ```
///
/// Memory: plain Java, nothing native. Threads: every task is immutable; any thread may ask for any
/// index in any order. Start with [Task], then [AdditionTask].
@NullMarked
package io.lexiscope.train.task;

import org.jspecify.annotations.NullMarked;
