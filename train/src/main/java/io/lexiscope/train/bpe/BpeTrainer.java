package io.lexiscope.train.bpe;

import io.lexiscope.model.tokenizer.ByteAlphabet;
import io.lexiscope.model.tokenizer.ByteLevelJson;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.model.tokenizer.TokenizerException;
import io.lexiscope.model.tokenizer.TokenizerJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Stream;

/// Trains byte-level BPE tokenizers in which chosen words are one token each.
public final class BpeTrainer {
  private static final int SEARCH_STEPS = 128;

  private BpeTrainer() {}

  /// Trains a tokenizer of GPT-2's kind: any text encodes and decodes losslessly, and every
  /// required word is one token when a space precedes it. The same corpus and options always give
  /// the same document.
  ///
  /// Merges come in three parts: the best of the corpus; then, for each required word these leave
  /// in pieces, the chain that joins them; then, as far as there is room, the next best of the
  /// corpus.
  ///
  /// @param corpus documents of running text, read once and one at a time
  /// @return the document, with the first special token as the beginning and end of texts
  /// @throws IllegalArgumentException if the vocabulary is too small for the required words
  public static TokenizerJson train(Stream<String> corpus, BpeOptions options) {
    int room = options.vocabularySize() - BpeOptions.BYTES - options.specialTokens().size();
    List<Merges.Pair> learned = new MergeLearner(WordCounts.of(corpus)).learn(room);
    int kept = largestThatFits(learned, options.requiredWords(), room);
    Merges merges = withRequired(learned.subList(0, kept), options.requiredWords());
    for (Merges.Pair pair : learned.subList(kept, learned.size())) {
      if (merges.made().size() < room
          && isKnown(pair.left(), merges)
          && isKnown(pair.right(), merges)) {
        merges.add(pair);
      }
    }
    TokenizerJson document = document(merges, options);
    verify(document, options.requiredWords());
    return document;
  }

  private static boolean isKnown(String piece, Merges merges) {
    return piece.length() == 1 || merges.made().contains(piece);
  }

  /// Returns how many of the learned merges leave room for the chains of the required words: the
  /// most, in steps. More learned merges first make the chains shorter and then crowd them out, so
  /// fewer may fit worse.
  private static int largestThatFits(
      List<Merges.Pair> learned, SortedSet<String> required, int room) {
    int step = Math.max(1, learned.size() / SEARCH_STEPS);
    int least = Integer.MAX_VALUE;
    for (int kept = learned.size(); kept >= 0; kept = kept == 0 ? -1 : Math.max(0, kept - step)) {
      int needed = withRequired(learned.subList(0, kept), required).made().size();
      if (needed <= room) {
        return kept;
      }
      least = Math.min(least, needed);
    }
    throw new IllegalArgumentException(
        "trainBpe: expected room for %d tokens that %d required words need, got %d; make the vocabulary larger"
            .formatted(least, required.size(), room));
  }

  private static Merges withRequired(List<Merges.Pair> first, SortedSet<String> required) {
    var merges = new Merges(first);
    for (String word : required) {
      merges.require(ByteAlphabet.write(" " + word));
    }
    return merges;
  }

  private static TokenizerJson document(Merges merges, BpeOptions options) {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    for (String special : options.specialTokens()) {
      vocabulary.put(special, vocabulary.size());
    }
    for (int b = 0; b < BpeOptions.BYTES; b++) {
      vocabulary.put(String.valueOf(ByteAlphabet.letter(b)), vocabulary.size());
    }
    for (String piece : merges.made()) {
      vocabulary.put(piece, vocabulary.size());
    }
    var document =
        ByteLevelJson.of(
            vocabulary,
            merges.inOrder().stream().map(Merges.Pair::toString).toList(),
            options.specialTokens());
    if (options.specialTokens().isEmpty()) {
      return document;
    }
    String end = options.specialTokens().getFirst();
    return document.withRoles(Map.of("bos", end, "eos", end));
  }

  private static void verify(TokenizerJson document, SortedSet<String> required) {
    try (Tokenizer tokenizer = document.load()) {
      for (String word : required) {
        String text = " " + word;
        var ids = tokenizer.encodeWithoutSpecial(text).ids();
        if (ids.size() != 1 || ids.get(0) != tokenizer.idOf(text)) {
          throw new IllegalStateException(
              "trainBpe: expected one token for \"%s\", got %s; this is a defect of the trainer"
                  .formatted(text, tokenizer.encodeWithoutSpecial(text).tokens()));
        }
      }
    } catch (TokenizerException e) {
      throw new IllegalStateException("trainBpe: " + e.getMessage(), e);
    }
  }
}
