package io.lexiscope.model.text;

import io.lexiscope.base.FloatVector;
import io.lexiscope.base.Journal;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which positions of a prompt are attention sinks: places where the stream is so long that any
/// mean over positions is about them.
///
/// A position is a sink in *all* layers when in *any* layer the norm of its stream is more than
/// twenty times that layer's median over the model's text, the text's own sinks left out. So
/// prompts of one or two tokens are judged too.
///
/// @param medians of the norm of the stream after each layer
/// @see <a href="https://arxiv.org/abs/2309.17453">Xiao et al. 2023</a>, attention sinks; <a
///   href="https://arxiv.org/abs/2402.17762">Sun et al. 2024</a>, massive activations
public record Sinks(FloatVector medians) {
  /// How many times the median a norm has to be.
  public static final double TIMES = 20;

  private static final int POSITIONS = 2048;

  /// How they are written down.
  static final Journal.Form<Sinks> FORM =
      new Journal.Form<>() {
        @Override
        public String name() {
          return "sinks";
        }

        @Override
        public void write(Sinks sinks, DataOutput out) throws IOException {
          out.writeInt(sinks.medians.size());
          for (float median : sinks.medians.toArray()) {
            out.writeFloat(median);
          }
        }

        @Override
        public Sinks read(DataInput in) throws IOException {
          float[] medians = new float[in.readInt()];
          for (int layer = 0; layer < medians.length; layer++) {
            medians[layer] = in.readFloat();
          }
          return new Sinks(FloatVector.of(medians));
        }
      };

  /// What a run must record.
  public static Recording recording() {
    return Recording.of(HookPoint.RESID_POST);
  }

  /// The sinks among the positions of a run, rising.
  ///
  /// @param run made with [#recording]
  public List<Integer> of(Run run) {
    return among(norms(run, medians.size()));
  }

  /// Measures the medians.
  ///
  /// @param texts of which the first 2,048 positions are run: a median of so many is known to
  ///   within 3 % of the spread
  public static Sinks measure(LanguageModel model, List<TokenIds> texts) {
    return measure(model, texts, () -> {});
  }

  /// @param between is called between two texts; what it throws ends the work
  static Sinks measure(LanguageModel model, List<TokenIds> texts, Runnable between) {
    List<List<float[]>> norms = new ArrayList<>();
    int read = 0;
    for (TokenIds text : texts) {
      if (read >= POSITIONS) {
        break;
      }
      if (read > 0) {
        between.run();
      }
      try (Run run = model.run(text, recording())) {
        norms.add(norms(run, model.architecture().layers()));
      }
      read += text.size();
    }
    return over(norms);
  }

  /// Whether one position of a run is a sink.
  ///
  /// @param run that recorded at least [#recording] at the position
  /// @param position from 0
  public boolean isSink(Run run, int position) {
    return IntStream.range(0, medians.size())
        .anyMatch(
            layer ->
                TensorScope.tidy(
                        () ->
                            run.activation(HookPoint.RESID_POST.at(layer), position)
                                .norm(-1, /* keepAxis= */ false)
                                .item())
                    > TIMES * medians.toArray()[layer]);
  }

  /// @param norms for each layer those of all positions
  List<Integer> among(List<float[]> norms) {
    float[] limits = medians.toArray();
    int positions = norms.isEmpty() ? 0 : norms.getFirst().length;
    return IntStream.range(0, positions)
        .filter(
            position ->
                IntStream.range(0, norms.size())
                    .anyMatch(layer -> norms.get(layer)[position] > TIMES * limits[layer]))
        .boxed()
        .toList();
  }

  /// The norms of the streams after each layer, [layers][positions].
  static List<float[]> norms(Run run, int layers) {
    List<float[]> norms = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      int at = layer;
      norms.add(
          TensorScope.tidy(
              () ->
                  run.activation(HookPoint.RESID_POST.at(at))
                      .select(0, 0)
                      .norm(-1, /* keepAxis= */ false)
                      .toFloats()));
    }
    return norms;
  }

  /// The rule for a text: medians without the text's own sinks.
  ///
  /// @param texts norms of each text, [layers][positions]
  static Sinks over(List<List<float[]>> texts) {
    int layers = texts.isEmpty() ? 0 : texts.getFirst().size();
    Sinks all = new Sinks(medians(texts, layers, null));
    return new Sinks(medians(texts, layers, all));
  }

  private static FloatVector medians(
      List<List<float[]>> texts, int layers, @Nullable Sinks leftOut) {
    float[] medians = new float[layers];
    List<List<Integer>> without =
        texts.stream()
            .map(norms -> leftOut == null ? List.<Integer>of() : leftOut.among(norms))
            .toList();
    for (int layer = 0; layer < layers; layer++) {
      List<Float> kept = new ArrayList<>();
      for (int text = 0; text < texts.size(); text++) {
        float[] norms = texts.get(text).get(layer);
        for (int position = 0; position < norms.length; position++) {
          if (!without.get(text).contains(position)) {
            kept.add(norms[position]);
          }
        }
      }
      medians[layer] = median(kept);
    }
    return FloatVector.of(medians);
  }

  private static float median(List<Float> numbers) {
    float[] sorted = new float[numbers.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = numbers.get(i);
    }
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length == 0
        ? Float.NaN
        : sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
