package io.lexiscope.index.vector;

import io.lexiscope.base.Journal;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.TensorScope;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// How often each neuron fires on a text: the share of positions at which the argument of its
/// non-linearity is above 0 (of the gate, in a gated MLP), which is where GELU, SiLU and ReLU are.
public final class FiringRates {
  private static final String FORM = "lexiscope-rates-1";
  private static final long MOMENT_NANOS = 200_000_000;

  private final Source source;
  private final float[][] rates;

  private FiringRates(Source source, float[][] rates) {
    this.source = source;
    this.rates = rates;
  }

  /// What was read.
  ///
  /// @param name what people call the texts
  /// @param fingerprint tells texts apart
  /// @param positions number of positions read
  public record Source(String name, String fingerprint, long positions) {}

  /// Measures.
  ///
  /// @param texts windows of the context's length of each are read from their start
  /// @param source the same texts by name
  /// @param watch hears of what is read, and keeps it
  public static FiringRates measure(
      LanguageModel model, List<TokenIds> texts, Source source, Watch watch) {
    int layers = model.architecture().layers();
    int neurons = model.architecture().dimensions().dMlp();
    List<TokenIds> windows = windows(model, texts);
    long[][] fired = new long[layers][neurons];
    long read = 0;
    for (int next = 0; next < windows.size(); ) {
      int from = next;
      FiredCounts part =
          watch.journal().part(FiredCounts.FORM, () -> counted(model, windows, from));
      part.addTo(fired);
      next += part.windows();
      read += windows.subList(from, next).stream().mapToLong(TokenIds::size).sum();
      watch.done().accept(read);
    }
    float[][] rates = new float[layers][neurons];
    for (int layer = 0; layer < layers; layer++) {
      for (int neuron = 0; neuron < neurons; neuron++) {
        rates[layer][neuron] = (float) ((double) fired[layer][neuron] / Math.max(1, read));
      }
    }
    return new FiringRates(source, rates);
  }

  /// Who watches.
  ///
  /// @param done hears of the positions read, several times a second; what it throws ends the work
  /// @param journal keeps what is counted
  public record Watch(LongConsumer done, Journal journal) {}

  private static List<TokenIds> windows(LanguageModel model, List<TokenIds> texts) {
    int window = model.architecture().dimensions().context();
    List<TokenIds> windows = new ArrayList<>();
    for (TokenIds text : texts) {
      for (int start = 0; start < text.size(); start += window) {
        windows.add(text.slice(start, Math.min(text.size(), start + window)));
      }
    }
    return windows;
  }

  /// Some windows, as many as a moment allows but one at least: no more is lost than a moment.
  private static FiredCounts counted(LanguageModel model, List<TokenIds> windows, int from) {
    var dimensions = model.architecture().dimensions();
    FiredCounts counts = new FiredCounts(model.architecture().layers(), dimensions.dMlp());
    long start = System.nanoTime();
    int next = from;
    do {
      count(model, windows.get(next++), counts);
    } while (next < windows.size() && System.nanoTime() - start < MOMENT_NANOS);
    return counts;
  }

  private static void count(LanguageModel model, TokenIds ids, FiredCounts fired) {
    try (Run run = model.run(ids, Recording.of(HookPoint.MLP_PRE))) {
      for (int layer = 0; layer < model.architecture().layers(); layer++) {
        int at = layer;
        float[] counts =
            TensorScope.tidy(
                () ->
                    run.activation(HookPoint.MLP_PRE.at(at))
                        .select(0, 0)
                        .gt(0)
                        .to(DType.FLOAT32)
                        .sum(0, /* keepAxis= */ false)
                        .toFloats());
        fired.add(layer, counts);
      }
      fired.endWindow();
    }
  }

  /// Writes them down.
  public void write(DataOutput out) throws IOException {
    out.writeUTF(FORM);
    out.writeUTF(source.name());
    out.writeUTF(source.fingerprint());
    out.writeLong(source.positions());
    out.writeInt(rates.length);
    out.writeInt(rates.length == 0 ? 0 : rates[0].length);
    for (float[] layer : rates) {
      for (float rate : layer) {
        out.writeFloat(rate);
      }
    }
  }

  /// Reads what [#write] wrote.
  ///
  /// @return nothing where it is of another form or of a model of another size
  /// @throws IOException also where it ends too early
  public static Optional<FiringRates> read(DataInput in, int layers, int neurons)
      throws IOException {
    if (!in.readUTF().equals(FORM)) {
      return Optional.empty();
    }
    Source source = new Source(in.readUTF(), in.readUTF(), in.readLong());
    if (in.readInt() != layers || in.readInt() != neurons) {
      return Optional.empty();
    }
    float[][] rates = new float[layers][neurons];
    for (float[] layer : rates) {
      for (int neuron = 0; neuron < neurons; neuron++) {
        layer[neuron] = in.readFloat();
      }
    }
    return Optional.of(new FiringRates(source, rates));
  }

  /// What was read.
  public Source source() {
    return source;
  }

  /// The share of positions at which a neuron fires, 0 to 1.
  public float of(NeuronName neuron) {
    return of(neuron.layer(), neuron.index());
  }

  /// As above.
  public float of(int layer, int neuron) {
    return rates[layer][neuron];
  }
}
