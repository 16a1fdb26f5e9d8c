package io.lexiscope.index.query;

import io.lexiscope.model.place.VectorName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is searched for.
///
/// The score of a vector v for one word w is the vector score: `(U_w − Ū)·v` in standard deviations
/// over the vocabulary, with U the unembedding after the gain of the final norm. A dot product
/// alone is mostly one with all words, which softmax does not see; by [Ranking.By#RAW] it is
/// `e_w·v` as it is (Geva et al. 2022, §3). For several words it is the mean of these, those of
/// suppressed words with the opposite sign; where there are only suppressed words, the plain mean.
/// With `like` it is the cosine with that vector.
///
/// A vector in whose own list a word stands beyond [Ranking#OWN_WORDS], from the end that is asked
/// for, is no hit but counted.
///
/// @param conditions every one holds for every hit
/// @param like similar to this vector, or null
/// @param filters which vectors are looked at
/// @param order which scores come first
/// @param ranking by what vectors are ranked
public record SearchQuery(
    List<Condition> conditions,
    @Nullable VectorName like,
    Filters filters,
    Order order,
    Ranking ranking) {
  /// Copies the list and checks that something is asked.
  ///
  /// @throws QueryException if there is neither a word nor a vector to rank by
  public SearchQuery {
    conditions = List.copyOf(conditions);
    if (conditions.isEmpty() && like == null) {
      throw new QueryException(
          "search: expected a word or like:L3N812 to rank by, got neither; add one");
    }
  }

  /// Reads a query: words separated by spaces, and `key:value`.
  ///
  /// | part | meaning |
  /// | --- | --- |
  /// | `fire`, `promotes:fire,burn` | the vector's score for each word is above 0 |
  /// | `suppresses:water` | it is below 0 |
  /// | `"…"`, `#id` | exactly this token, with its space and case; others take any form of the word |
  /// | `like:L3N812` | ranked by cosine with that vector, which is left out |
  /// | `layer:2-4`, `layer:0,5` | in these layers |
  /// | `kind:neuron` | `neuron`, `head`, `bias` or `any`; neurons where there is neither this nor `like` |
  /// | `norm:>3`, `norm:1-2`, `rate:>0.01` | length, and share of positions at which it fires |
  /// | `sign:+`, `sign:-`, `sign:both` | largest, smallest, or absolutely largest scores first |
  /// | `top:fire`, `bottom:fire` | the word is among the strongest, or weakest, that the index keeps |
  ///
  /// A query that begins with a space and holds no other is one exact word, space included.
  ///
  /// @throws QueryException if it cannot be understood
  public static SearchQuery parse(String text) {
    return new QueryText(text).read();
  }

  /// This query with more words.
  public SearchQuery and(List<Condition> more) {
    List<Condition> all = new ArrayList<>(conditions);
    all.addAll(more);
    return new SearchQuery(all, like, filters, order, ranking);
  }

  /// This query, ranked in another way.
  public SearchQuery by(Ranking other) {
    return new SearchQuery(conditions, like, filters, order, other);
  }

  /// A query for tokens to be promoted.
  ///
  /// @param ids not empty
  public static SearchQuery ofTokens(List<Integer> ids) {
    return new SearchQuery(
        tokens(ids), /* like= */ null, Filters.NEURONS, Order.AS_ASKED, Ranking.STANDARD);
  }

  /// Conditions that tokens be promoted.
  public static List<Condition> tokens(List<Integer> ids) {
    return ids.stream()
        .map(id -> new Condition(new Condition.Id(id), /* promotes= */ true))
        .toList();
  }

  /// Whether all words are to be suppressed.
  public boolean onlySuppresses() {
    return !conditions.isEmpty() && conditions.stream().noneMatch(Condition::promotes);
  }
}
