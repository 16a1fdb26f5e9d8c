package io.lexiscope.analysis.detox;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.generate.BannedSequences;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.generate.Generation;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Continues many prompts, some at a time.
///
/// @param prompts what to continue
/// @param groups indices into the prompts, those of one length together
public record Continuations(List<TokenIds> prompts, List<List<Integer>> groups) {
  /// Most prompts side by side.
  private static final int ROWS = 64;

  /// Copies the lists.
  public Continuations {
    prompts = List.copyOf(prompts);
    groups = List.copyOf(groups);
  }

  /// Plans for prompts.
  public static Continuations of(List<TokenIds> prompts) {
    List<Integer> order =
        IntStream.range(0, prompts.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> prompts.get(i).size()))
            .toList();
    List<List<Integer>> groups = new ArrayList<>();
    for (int i : order) {
      boolean joins =
          !groups.isEmpty()
              && groups.getLast().size() < ROWS
              && prompts.get(groups.getLast().getFirst()).size() == prompts.get(i).size();
      if (!joins) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(i);
    }
    return new Continuations(prompts, groups);
  }

  /// Continues one group. Ids that end a text are cut off.
  ///
  /// @param banned what must not be said
  /// @param group one of [#groups]
  /// @return in the order of the group
  public List<Continued> of(
      LanguageModel model, Decoding decoding, BannedSequences banned, List<Integer> group) {
    return model
        .generator()
        .banning(banned)
        .generateAll(group.stream().map(prompts::get).toList(), decoding)
        .stream()
        .map(generation -> continued(generation, decoding))
        .toList();
  }

  private static Continued continued(Generation generation, Decoding decoding) {
    return new Continued(
        generation.prompt(),
        TokenIds.of(
            generation.tokens().stream()
                .mapToInt(Generation.Step::id)
                .filter(id -> !decoding.stopAt().contains(id))
                .toArray()));
  }
}
