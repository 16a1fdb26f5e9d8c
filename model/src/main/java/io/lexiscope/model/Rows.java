package io.lexiscope.model;

import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.RowInterventions;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.List;
import java.util.stream.Stream;

/// Prompts that run side by side in one pass, each with interventions of its own: what a sweep or a
/// comparison would otherwise run one after another.
///
/// ```java
/// try (RunBatch both =
///     model.run(Rows.of(prompt, Interventions.none(), ablation), Recording.nothing())) {
///   both.row(1).logits(-1); // as if model.with(ablation) had run alone
/// }
/// ```
///
/// Prompts may be of several lengths: shorter ones are padded on the right, where no other position
/// sees the padding.
///
/// @param rows at least one
public record Rows(List<Row> rows) {

  /// Copies the list.
  public Rows {
    rows = List.copyOf(rows);
  }

  /// One prompt and what is changed in it.
  ///
  /// @param interventions in force besides those of the model; positions count in this prompt
  public record Row(TokenIds tokens, Interventions interventions) {}

  /// One prompt under several lists of interventions.
  public static Rows of(TokenIds tokens, Interventions... each) {
    return new Rows(Stream.of(each).map(interventions -> new Row(tokens, interventions)).toList());
  }

  /// Several prompts under what is in force in the model.
  public static Rows of(List<TokenIds> prompts) {
    return new Rows(prompts.stream().map(tokens -> new Row(tokens, Interventions.none())).toList());
  }

  TokenBatch batch() {
    return new TokenBatch(rows.stream().map(Row::tokens).toList(), /* padding= */ 0);
  }

  /// @param before in force in every row, before its own
  RowInterventions interventions(Interventions before) {
    return new RowInterventions(
        rows.stream()
            .map(
                row ->
                    new RowInterventions.OfRow(
                        before.and(row.interventions()), row.tokens().size()))
            .toList());
  }
}
