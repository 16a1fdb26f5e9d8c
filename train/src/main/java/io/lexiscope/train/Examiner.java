package io.lexiscope.train;

import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.RowInterventions;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.tensor.Autograd;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.train.task.CorpusTask;
import io.lexiscope.train.task.EvaluationSet;
import io.lexiscope.train.task.Question;
import io.lexiscope.train.task.Scoring;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Asks a network held-out questions.
///
/// @param transformer the network
/// @param tokenizer splits questions and joins answers
/// @param interventions in force while it answers
record Examiner(Transformer transformer, Tokenizer tokenizer, Interventions interventions) {
  private static final int ROWS = 64;

  /// Asks all questions of a set.
  Metric ask(EvaluationSet set) {
    return Autograd.noGrad(
        () ->
            switch (set.scoring()) {
              case Scoring.NextToken _, Scoring.ExactContinuation _ ->
                  Metric.share(set.name(), expected(set.questions()), set.questions().size());
              case Scoring.LexiconRate rate ->
                  Metric.share(
                      set.name(), inLexicon(set.questions(), rate), set.questions().size());
              case Scoring.RSquared squared ->
                  Metric.determination(
                      set.name(),
                      determination(set.questions(), squared.targetScale()),
                      set.questions().size());
            });
  }

  private TokenIds encode(String text) {
    return tokenizer.encodeWithoutSpecial(text).ids();
  }

  /// How many greedy continuations are the expected ones. A greedy continuation is the expected one
  /// exactly if each of its tokens is the likeliest after the expected ones before it, so one pass
  /// over both is enough.
  private long expected(List<Question> questions) {
    long hits = 0;
    for (List<Question> part : parts(questions)) {
      List<TokenIds> rows = new ArrayList<>();
      List<IntStream> asked = new ArrayList<>();
      List<TokenIds> answers = new ArrayList<>();
      List<TokenIds> prompts = part.stream().map(question -> encode(question.prompt())).toList();
      for (int i = 0; i < part.size(); i++) {
        Question question = part.get(i);
        TokenIds prompt = prompts.get(i);
        TokenIds answer = encode(question.expected());
        TokenIds whole = prompt.plus(answer);
        rows.add(whole.slice(0, whole.size() - 1));
        asked.add(IntStream.range(prompt.size() - 1, whole.size() - 1));
        answers.add(answer);
      }
      List<TokenIds> found = likeliest(rows, asked, prompts);
      hits +=
          IntStream.range(0, part.size()).filter(i -> found.get(i).equals(answers.get(i))).count();
    }
    return hits;
  }

  private long inLexicon(List<Question> questions, Scoring.LexiconRate rate) {
    int end = tokenizer.idOf(CorpusTask.END_OF_TEXT);
    long hits = 0;
    for (List<Question> part : parts(questions)) {
      List<TokenIds> prompts = part.stream().map(q -> encode(q.prompt())).toList();
      List<TokenIds> rows = new ArrayList<>(prompts);
      for (int token = 0; token < rate.tokens() && !allEnded(prompts, rows, end); token++) {
        List<TokenIds> next =
            likeliest(
                rows, rows.stream().map(row -> IntStream.of(row.size() - 1)).toList(), prompts);
        for (int i = 0; i < rows.size(); i++) {
          rows.set(i, rows.get(i).plus(next.get(i)));
        }
      }
      for (int i = 0; i < rows.size(); i++) {
        TokenIds added = rows.get(i).slice(prompts.get(i).size(), rows.get(i).size());
        TokenIds said = TokenIds.of(added.stream().takeWhile(id -> id != end).toArray());
        hits += rate.matches(tokenizer.decode(said)) ? 1 : 0;
      }
    }
    return hits;
  }

  private static boolean allEnded(List<TokenIds> prompts, List<TokenIds> rows, int end) {
    return IntStream.range(0, rows.size())
        .allMatch(
            i ->
                rows.get(i).slice(prompts.get(i).size(), rows.get(i).size()).stream()
                    .anyMatch(id -> id == end));
  }

  /// The likeliest next token at chosen positions of each row.
  ///
  /// @param prompts what each row begins with
  private List<TokenIds> likeliest(
      List<TokenIds> rows, List<IntStream> asked, List<TokenIds> prompts) {
    TokenBatch batch = new TokenBatch(rows, /* padding= */ 0);
    int length = batch.length();
    List<int[]> positions = asked.stream().map(IntStream::toArray).toList();
    long[] places =
        IntStream.range(0, rows.size())
            .flatMap(row -> IntStream.of(positions.get(row)).map(p -> row * length + p))
            .asLongStream()
            .toArray();
    long[] best =
        TensorScope.tidy(
            () -> {
              Tensor last = transformer.forward(batch, hooks(prompts), /* cache= */ null);
              Tensor chosen =
                  last.reshape(-1, last.size(-1)).indexSelect(0, Tensors.ofLongs(places));
              return transformer.logits(chosen).argmax(-1).toLongs();
            });
    List<TokenIds> answers = new ArrayList<>();
    int from = 0;
    for (int[] row : positions) {
      int start = from;
      answers.add(
          TokenIds.of(IntStream.range(0, row.length).map(i -> (int) best[start + i]).toArray()));
      from += row.length;
    }
    return answers;
  }

  private ActiveHooks hooks(List<TokenIds> prompts) {
    List<Integer> lengths = prompts.stream().map(TokenIds::size).toList();
    return new ActiveHooks(
        Recording.nothing(), RowInterventions.same(interventions, lengths).changes(/* past= */ 0));
  }

  private double determination(List<Question> questions, double scale) {
    double mean =
        questions.stream().mapToDouble(q -> Double.parseDouble(q.expected())).average().orElse(0);
    double unexplained = 0;
    double spread = 0;
    for (List<Question> part : parts(questions)) {
      List<TokenIds> prompts = part.stream().map(q -> encode(q.prompt())).toList();
      TokenBatch batch = new TokenBatch(prompts, /* padding= */ 0);
      float[] said =
          TensorScope.tidy(
              () ->
                  transformer
                      .outputs(transformer.forward(batch, hooks(prompts), /* cache= */ null))
                      .toFloats());
      for (int i = 0; i < said.length; i++) {
        double value = Double.parseDouble(part.get(i).expected());
        unexplained += Math.pow(value - said[i] * scale, 2);
        spread += Math.pow(value - mean, 2);
      }
    }
    return 1 - unexplained / spread;
  }

  private static List<List<Question>> parts(List<Question> questions) {
    return IntStream.iterate(0, from -> from < questions.size(), from -> from + ROWS)
        .mapToObj(from -> questions.subList(from, Math.min(questions.size(), from + ROWS)))
        .toList();
  }
}
