package io.lexiscope.analysis.edit;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Rows;
import io.lexiscope.model.Run;
import io.lexiscope.model.RunBatch;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;

/// How a model takes an answer after a prompt, teacher-forced.
///
/// @param logProbability Σ log p of its tokens, nats
/// @param right how many of its tokens are the likeliest where they stand
/// @param tokens how many it has
/// @param said the likeliest token after the prompt
public record AnswerScore(double logProbability, int right, int tokens, int said) {
  /// Prompts that run side by side.
  private static final int ROWS = 64;

  /// Whether every token is the likeliest: the model says exactly this.
  public boolean exact() {
    return right == tokens;
  }

  /// The share of its tokens that are the likeliest.
  public double accuracy() {
    return (double) right / tokens;
  }

  /// A prompt and an answer.
  ///
  /// @param prompt at least one token
  /// @param answer at least one token
  public record Question(TokenIds prompt, TokenIds answer) {
    TokenIds run() {
      return prompt.plus(answer.slice(0, answer.size() - 1));
    }
  }

  /// One score.
  public static AnswerScore of(LanguageModel model, Question question) {
    return of(model, List.of(question)).getFirst();
  }

  /// The scores of many questions, in their order, some of them in a pass.
  public static List<AnswerScore> of(LanguageModel model, List<Question> questions) {
    List<AnswerScore> scores = new ArrayList<>(questions.size());
    for (int from = 0; from < questions.size(); from += ROWS) {
      List<Question> some = questions.subList(from, Math.min(questions.size(), from + ROWS));
      TensorScope.tidyRun(
          () -> {
            try (RunBatch batch =
                model.run(
                    Rows.of(some.stream().map(Question::run).toList()), Recording.nothing())) {
              scores.addAll(scores(model, batch, some));
            }
          });
    }
    return scores;
  }

  private static List<AnswerScore> scores(
      LanguageModel model, RunBatch batch, List<Question> questions) {
    List<Tensor> streams = new ArrayList<>();
    for (int row = 0; row < questions.size(); row++) {
      Run run = batch.row(row);
      int answer = questions.get(row).answer().size();
      streams.add(run.last().select(0, 0).narrow(0, run.length() - (long) answer, answer));
    }
    Tensor logs = model.transformer().logits(Tensors.cat(streams, 0)).logSoftmax(-1);
    long[] best = logs.argmax(-1).toLongs();
    long[] asked =
        questions.stream().flatMapToLong(q -> q.answer().stream().asLongStream()).toArray();
    float[] own = logs.gather(-1, Tensors.ofLongs(asked).unsqueeze(-1)).squeeze(-1).toFloats();
    List<AnswerScore> scores = new ArrayList<>();
    int at = 0;
    for (Question question : questions) {
      double sum = 0;
      int right = 0;
      int said = Math.toIntExact(best[at]);
      for (int i = 0; i < question.answer().size(); i++, at++) {
        sum += own[at];
        right += best[at] == asked[at] ? 1 : 0;
      }
      scores.add(new AnswerScore(sum, right, question.answer().size(), said));
    }
    return scores;
  }
}
