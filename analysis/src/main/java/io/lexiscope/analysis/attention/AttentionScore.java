package io.lexiscope.analysis.attention;

import io.lexiscope.analysis.lens.VectorLens;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.SoftCap;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Why a head attends: its score from one position to another as an exact sum over pairs of who
/// wrote the query and who wrote the key, with the norms held at their scales.
///
/// @param query the position that looks, from 0
/// @param key the position looked at, from 0
/// @param terms the largest in absolute value, largest first
/// @param others the sum of all other terms
/// @param total the score that the terms and the others sum to, before soft cap and softmax
/// @param absolute the sum of the absolute values of all terms, the measure of its error
/// @param pairs how many terms there are
/// @param softCap the largest score that the squeeze after this sum lets through; null where there
///   is none
public record AttentionScore(
    int query,
    int key,
    List<ScoreTerm> terms,
    double others,
    double total,
    double absolute,
    int pairs,
    @Nullable Double softCap) {
  private static final int WORDS = 3;
  private static final String BIASES = "biases";

  /// Copies the list.
  public AttentionScore {
    terms = List.copyOf(terms);
  }

  /// What a run must record.
  public static Recording recording(LanguageModel model) {
    return StreamWriters.recording(model)
        .and(Recording.of(HeadSide.points().toArray(HookPoint[]::new)));
  }

  /// Takes a score apart.
  ///
  /// @param run that recorded what [#recording] asks for
  /// @param layer from 0
  /// @param head from 0
  /// @param query the position that looks, from 0
  /// @param key the position looked at, from 0
  /// @param count how many terms to list
  /// @throws AttentionException if there is no such head, a position is out of sight, or norms lie
  ///   inside the residual stream
  public static AttentionScore of(Run run, int layer, int head, int query, int key, int count) {
    HeadLayer heads = HeadLayer.of(run, layer);
    heads.requireHead(head);
    double seen =
        TensorScope.tidy(
            () -> heads.scores(List.of(query)).select(0, head).select(0, 0).select(0, key).item());
    if (!Double.isFinite(seen)) {
      throw new AttentionException(
          "heads: expected a position that %d sees in layer %d, got %d; choose one before it"
              .formatted(query, layer, key));
    }
    return TensorScope.tidy(
        () -> {
          StreamWriters asks = StreamWriters.before(run, layer, query);
          StreamWriters found = StreamWriters.before(run, layer, key);
          Tensor products =
              parts(HeadSide.query(heads, head, query), asks)
                  .matmul(parts(HeadSide.key(heads, head, key), found).transpose(0, 1))
                  .mul(heads.kind().scores().scale(layer));
          float[] all = products.toFloats();
          Captions captions = new Captions(run.model(), asks, found);
          int columns = found.components().size() + 1;
          int[] order =
              IntStream.range(0, all.length)
                  .boxed()
                  .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(all[i])))
                  .mapToInt(Integer::intValue)
                  .toArray();
          List<ScoreTerm> terms =
              captions.terms(IntStream.of(order).limit(count).boxed().toList(), columns, all);
          double listed = terms.stream().mapToDouble(ScoreTerm::score).sum();
          double total = IntStream.range(0, all.length).mapToDouble(i -> all[i]).sum();
          double absolute = IntStream.range(0, all.length).mapToDouble(i -> Math.abs(all[i])).sum();
          OptionalDouble cap =
              heads.kind().scores().softCap() instanceof SoftCap.Tanh tanh
                  ? OptionalDouble.of(tanh.cap())
                  : OptionalDouble.empty();
          return new AttentionScore(
              query,
              key,
              terms,
              total - listed,
              total,
              absolute,
              all.length,
              cap.isPresent() ? Double.valueOf(cap.getAsDouble()) : null);
        });
  }

  /// The parts of a query or key by writer, the biases last, [writers + 1, d_head].
  private static Tensor parts(HeadSide side, StreamWriters writers) {
    return Tensors.cat(List.of(side.linear(writers.vectors()), side.constant()), 0);
  }

  /// Reads those writers in words that are shown.
  private record Captions(LanguageModel model, StreamWriters asks, StreamWriters found) {
    List<ScoreTerm> terms(List<Integer> shown, int columns, float[] all) {
      Map<Integer, List<TokenReading>> rows =
          words(asks, shown.stream().map(index -> index / columns).distinct().toList());
      Map<Integer, List<TokenReading>> cells =
          words(found, shown.stream().map(index -> index % columns).distinct().toList());
      List<ScoreTerm> terms = new ArrayList<>();
      for (int index : shown) {
        int row = index / columns;
        int column = index % columns;
        terms.add(
            new ScoreTerm(
                label(asks, row),
                rows.getOrDefault(row, List.of()),
                label(found, column),
                cells.getOrDefault(column, List.of()),
                all[index]));
      }
      return terms;
    }

    private static String label(StreamWriters writers, int index) {
      return index < writers.components().size() ? writers.components().get(index).label() : BIASES;
    }

    private Map<Integer, List<TokenReading>> words(StreamWriters writers, List<Integer> indices) {
      List<Integer> read =
          indices.stream().filter(index -> index < writers.components().size()).toList();
      Map<Integer, List<TokenReading>> words = new HashMap<>();
      if (read.isEmpty()) {
        return words;
      }
      var readings =
          VectorLens.of(model)
              .read(
                  writers.vectors().indexSelect(0, HeadLayer.longs(read)),
                  ReadingRequest.words(WORDS, 0));
      for (int i = 0; i < read.size(); i++) {
        words.put(read.get(i), readings.get(i).top());
      }
      return words;
    }
  }
}
