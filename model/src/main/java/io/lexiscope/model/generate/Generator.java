package io.lexiscope.model.generate;

import io.lexiscope.model.forward.ForwardException;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Continues prompts.
///
/// @param transformer the network
/// @param tokenizer makes the text of the result
/// @param interventions in force at every step
/// @param banned what must not be said; for greedy decoding and sampling
public record Generator(
    Transformer transformer,
    Tokenizer tokenizer,
    Interventions interventions,
    BannedSequences banned) {

  /// Nothing is banned.
  ///
  /// @param transformer the network
  /// @param tokenizer makes the text of the result
  /// @param interventions in force at every step
  public Generator(Transformer transformer, Tokenizer tokenizer, Interventions interventions) {
    this(transformer, tokenizer, interventions, BannedSequences.none());
  }

  /// The same, never completing these sequences.
  public Generator banning(BannedSequences sequences) {
    return new Generator(transformer, tokenizer, interventions, sequences);
  }

  /// Continues a prompt.
  ///
  /// @throws GenerationException if words are banned from a beam search or with early exit
  /// @throws ForwardException if the prompt is empty, has ids outside the vocabulary, or prompt and
  ///   continuation do not fit the context
  public Generation generate(TokenIds prompt, Decoding decoding) {
    return generate(prompt, decoding, step -> true);
  }

  /// Continues a prompt and reports each token as it comes; a beam search reports its tokens at the
  /// end.
  ///
  /// @param listener gets each step; returns false to stop
  /// @throws ForwardException as above
  public Generation generate(
      TokenIds prompt, Decoding decoding, Predicate<Generation.Step> listener) {
    requireUnbanned(decoding);
    long start = System.nanoTime();
    NextLogits next = new NextLogits(transformer, interventions, prompt.size());
    EarlyExit early = decoding.early();
    List<Generation.Step> steps =
        switch (decoding.strategy()) {
          case Decoding.Strategy.Greedy _, Decoding.Strategy.Sampled _ when early != null ->
              new LeavingDecoder(next, decoding, early).decode(prompt, listener);
          case Decoding.Strategy.Greedy _, Decoding.Strategy.Sampled _ ->
              new RowDecoder(next, decoding, banned)
                  .decode(List.of(prompt), (row, step) -> listener.test(step))
                  .getFirst();
          case Decoding.Strategy.Beams beams -> {
            List<Generation.Step> best =
                new BeamSearch(next, decoding, beams.width()).decode(prompt);
            int taken = 0;
            while (taken < best.size() && listener.test(best.get(taken))) {
              taken++;
            }
            yield best.subList(0, Math.min(best.size(), taken + 1));
          }
        };
    return generation(prompt, steps, start);
  }

  /// Continues several prompts; prompts of one length run side by side, unless tokens may leave
  /// early. Each goes on exactly as it would alone.
  ///
  /// @return one result for each prompt, in their order; `seconds` is the time of its group
  /// @throws ForwardException as above
  public List<Generation> generateAll(List<TokenIds> prompts, Decoding decoding) {
    if (decoding.strategy() instanceof Decoding.Strategy.Beams || decoding.early() != null) {
      return prompts.stream().map(prompt -> generate(prompt, decoding)).toList();
    }
    Map<Integer, List<Integer>> byLength = new LinkedHashMap<>();
    for (int i = 0; i < prompts.size(); i++) {
      byLength.computeIfAbsent(prompts.get(i).size(), length -> new ArrayList<>()).add(i);
    }
    Generation[] results = new Generation[prompts.size()];
    byLength.forEach(
        (length, members) -> {
          long start = System.nanoTime();
          NextLogits next = new NextLogits(transformer, interventions, length);
          List<List<Generation.Step>> steps =
              new RowDecoder(next, decoding, banned)
                  .decode(members.stream().map(prompts::get).toList(), (row, step) -> true);
          for (int i = 0; i < members.size(); i++) {
            int index = members.get(i);
            results[index] = generation(prompts.get(index), steps.get(i), start);
          }
        });
    List<Generation> all = new ArrayList<>();
    Collections.addAll(all, results);
    return all;
  }

  private void requireUnbanned(Decoding decoding) {
    boolean elsewhere =
        decoding.strategy() instanceof Decoding.Strategy.Beams || decoding.early() != null;
    if (elsewhere && !banned.sequences().isEmpty()) {
      throw new GenerationException(
          "generate: expected greedy or sampled tokens of the whole network with banned words, got a beam search or early exit");
    }
  }

  private Generation generation(TokenIds prompt, List<Generation.Step> steps, long startNanos) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    TokenIds all = prompt.plus(steps.stream().mapToInt(Generation.Step::id).toArray());
    String text = tokenizer.isPresent() ? tokenizer.decode(all) : "";
    return new Generation(prompt, steps, text, seconds);
  }
}
