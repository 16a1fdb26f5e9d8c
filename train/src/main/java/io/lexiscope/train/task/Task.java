package io.lexiscope.train.task;

import java.util.List;

/// A named, seeded source of training examples with a train/validation split by content.
///
/// An example is a function of the task (its seed included), the split and an index: training can
/// be interrupted, resumed and repeated by remembering one number.
public sealed interface Task permits SequenceTask, CorpusTask {
  /// Returns the name by which recipes ask for this task, such as `addition`.
  String name();

  /// Returns the grammar of the examples in words a reader of a model card understands.
  String grammar();

  /// Returns the held-out measurements of this task.
  ///
  /// @param questionsPerSet questions per set where the set is drawn; sets with a fixed list may be
  ///   shorter
  List<EvaluationSet> evaluationSets(int questionsPerSet);
}
