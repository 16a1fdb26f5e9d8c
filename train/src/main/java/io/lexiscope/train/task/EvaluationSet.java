package io.lexiscope.train.task;

import java.util.List;

/// A measurement: questions and the way to score the answers.
///
/// @param name metric name, such as `accuracy` or `facts-withheld`
/// @param scoring how an answer is compared
/// @param questions the questions, none of them seen in training unless the name says so
public record EvaluationSet(String name, Scoring scoring, List<Question> questions) {
  public EvaluationSet {
    questions = List.copyOf(questions);
    if (questions.isEmpty()) {
      throw new IllegalArgumentException(
          "EvaluationSet " + name + ": expected questions, got none");
    }
  }
}
