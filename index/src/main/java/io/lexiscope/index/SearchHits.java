package io.lexiscope.index;

import io.lexiscope.index.query.ResolvedWord;
import io.lexiscope.model.place.VectorName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a search found.
///
/// @param hits best first; equal scores by the catalogue's order
/// @param words the words of the query and the tokens they were taken for, in its order
/// @param searched how many vectors passed the filters
/// @param weaker how many vectors beside the hits have the sign that was asked for, but the word
///   too far down their own list
/// @param nanoseconds from the query to the hits
public record SearchHits(
    List<Hit> hits, List<ResolvedWord> words, int searched, int weaker, long nanoseconds) {
  /// Copies the lists.
  public SearchHits {
    hits = List.copyOf(hits);
    words = List.copyOf(words);
  }

  /// A vector found.
  ///
  /// @param name which
  /// @param score by which it is ranked
  /// @param words one for each word of the query: the form that fitted best, and its score
  /// @param measures what is known of it besides
  /// @param entry the words it promotes and suppresses most
  public record Hit(
      VectorName name, double score, List<WordScore> words, Measures measures, Words entry) {
    /// Copies the list.
    public Hit {
      words = List.copyOf(words);
    }
  }

  /// A form of a word and what the vector gives it; means over the tokens where there are several.
  ///
  /// @param form the tokens
  /// @param score the vector score, or the raw product where that was asked for
  /// @param raw `e_w·v`
  /// @param rank its place among all words of the vector: from the promoted end where it stands
  ///   above the mean word, from the suppressed end where below
  public record WordScore(ResolvedWord.Form form, float score, float raw, int rank) {}

  /// Numbers of a vector.
  ///
  /// @param norm its length
  /// @param rate share of positions at which its neuron fires, 0 to 1; null where not measured
  public record Measures(float norm, @Nullable Float rate) {}

  /// The words of a vector.
  ///
  /// Scores are `(U_w − Ū)·v`, above the mean over the vocabulary.
  ///
  /// @param logSumExp of all its scores, nats: `log softmax = score − logSumExp`
  /// @param spread standard deviation of its scores over the vocabulary
  /// @param top the largest scores, largest first
  /// @param bottom the smallest, smallest first
  public record Words(float logSumExp, float spread, List<OwnWord> top, List<OwnWord> bottom) {
    /// Copies the lists.
    public Words {
      top = List.copyOf(top);
      bottom = List.copyOf(bottom);
    }
  }

  /// A word of a vector.
  ///
  /// @param id of the token
  /// @param score `(U_w − Ū)·v`
  /// @param rank its place among all words of the vector, under-trained tokens counted
  public record OwnWord(int id, float score, int rank) {}
}
