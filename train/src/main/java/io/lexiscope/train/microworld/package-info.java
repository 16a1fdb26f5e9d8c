/// Generates the English corpus of the microworld model, and every file that measures the model,
/// from tables of true facts.
///
/// ```
///  *.tsv ──► World ──┬─► FactText · QuestionText        ─┐
///   (facts, names,   ├─► IndirectObjectText · TalkText  ─┼─► MicroworldTask.document(split, index)
///    templates)      └─► StoryText · RelationText       ─┘
///            Withholding (fact × phrasing) · Cast (name pairs): what training never shows
///  World ──► MicroworldEvaluation (sets) · MicroworldFiles (facts, paraphrases, edits, prompts)
/// ```
///
/// Memory: plain Java, nothing native. Threads: all types are immutable. Start with
/// [MicroworldTask].
@NullMarked
package io.lexiscope.train.microworld;

import org.jspecify.annotations.NullMarked;
