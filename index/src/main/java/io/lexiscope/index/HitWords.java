package io.lexiscope.index;

import io.lexiscope.index.SearchHits.OwnWord;
import io.lexiscope.index.SearchHits.WordScore;
import io.lexiscope.index.query.ResolvedWord;
import io.lexiscope.index.query.ResolvedWord.Form;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.reading.CentredUnembedding;
import io.lexiscope.model.reading.CentredUnembedding.Space;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What found vectors give the words of a query, and where these stand in the vectors' own lists.
///
/// @param model whose vectors
/// @param vectors all of them
/// @param words of the query
record HitWords(LanguageModel model, VectorFile vectors, List<ResolvedWord> words) {

  /// The kept words of a vector.
  interface Entries {
    SearchHits.Words of(int number) throws IOException;
  }

  /// The directions whose products with vectors are the scores of each form of a word, [forms,
  /// d_model]; of a form of several tokens their mean.
  ///
  /// @param raw rows of W_U as they are, rather than U_w − Ū
  static Tensor directions(LanguageModel model, ResolvedWord word, boolean raw) {
    CentredUnembedding unembedding = model.reader().unembedding();
    return TensorScope.tidy(
        () ->
            Tensors.stack(
                word.forms().stream()
                    .map(
                        form ->
                            unembedding
                                .directions(
                                    form.ids(),
                                    raw ? Baseline.NONE : Baseline.MEAN,
                                    raw ? Space.PLAIN : Space.FOLDED)
                                .mean(0, /* keepAxis= */ false))
                    .toList(),
                0));
  }

  /// @return for each vector one score for each word
  List<List<WordScore>> of(List<VectorRanking.Ranked> best, VectorRanking scoring, Entries entries)
      throws IOException {
    List<List<WordScore>> scores = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      int number = best.get(i).number();
      List<WordScore> ofHit = new ArrayList<>();
      SearchHits.Words kept = entries.of(number);
      for (int word = 0; word < words.size(); word++) {
        VectorRanking.Chosen chosen = scoring.chosen(word, number);
        OptionalInt rank = kept(kept, chosen.form());
        if (rank.isEmpty() && !open.contains(i)) {
          open.add(i);
        }
        ofHit.add(new WordScore(chosen.form(), chosen.score(), /* raw= */ 0, rank.orElse(0)));
      }
      scores.add(ofHit);
    }
    if (words.isEmpty() || best.isEmpty()) {
      return scores;
    }
    TensorScope.tidyRun(
        () -> {
          Tensor all = rows(best.stream().map(VectorRanking.Ranked::number).toList());
          withRaw(scores, all);
          if (!open.isEmpty()) {
            long[] some = open.stream().mapToLong(Integer::longValue).toArray();
            withRanks(scores, open, all.indexSelect(0, Tensors.ofLongs(some)));
          }
        });
    return scores;
  }

  private Tensor rows(List<Integer> numbers) {
    return vectors
        .rows()
        .indexSelect(0, Tensors.ofLongs(numbers.stream().mapToLong(Integer::longValue).toArray()));
  }

  /// The rank of a form of one token that is among those kept.
  private static OptionalInt kept(SearchHits.Words kept, Form form) {
    if (form.ids().size() > 1) {
      return OptionalInt.empty();
    }
    int id = form.ids().getFirst();
    return Stream.concat(kept.top().stream(), kept.bottom().stream())
        .filter(word -> word.id() == id)
        .mapToInt(OwnWord::rank)
        .findFirst();
  }

  private void withRaw(List<List<WordScore>> scores, Tensor rows) {
    for (int word = 0; word < words.size(); word++) {
      List<Form> forms = words.get(word).forms();
      Tensor products = rows.matmul(directions(model, words.get(word), true).transpose(0, 1));
      float[] flat = products.reshape(-1).toFloats();
      for (int hit = 0; hit < scores.size(); hit++) {
        WordScore known = scores.get(hit).get(word);
        float raw = flat[hit * forms.size() + forms.indexOf(known.form())];
        scores.get(hit).set(word, new WordScore(known.form(), known.score(), raw, known.rank()));
      }
    }
  }

  /// Ranks by all scores of the vectors: a thousand times fewer than all vectors have.
  private void withRanks(List<List<WordScore>> scores, List<Integer> hits, Tensor rows) {
    CentredUnembedding unembedding = model.reader().unembedding();
    Tensor folded = unembedding.fold(rows);
    double[] means = unembedding.means(folded);
    Tensor logits = unembedding.linear().logits(folded);
    for (int i = 0; i < hits.size(); i++) {
      float[] ofVector = logits.select(0, i).toFloats();
      List<WordScore> ofHit = scores.get(hits.get(i));
      for (int word = 0; word < ofHit.size(); word++) {
        WordScore known = ofHit.get(word);
        if (known.rank() == 0) {
          ofHit.set(
              word,
              new WordScore(
                  known.form(),
                  known.score(),
                  known.raw(),
                  rank(known.form(), ofVector, means[i])));
        }
      }
    }
  }

  private static int rank(Form form, float[] logits, double mean) {
    double logit = form.ids().stream().mapToDouble(id -> logits[id]).average().orElseThrow();
    return logit >= mean
        ? 1 + (int) IntStream.range(0, logits.length).filter(id -> logits[id] > logit).count()
        : 1 + (int) IntStream.range(0, logits.length).filter(id -> logits[id] < logit).count();
  }
}
