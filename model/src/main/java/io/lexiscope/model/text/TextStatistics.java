package io.lexiscope.model.text;

import io.lexiscope.base.Journal;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.text.HabitSums.Kind;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/// What was measured on one text of a model's: its sinks, and what each neuron does, sinks left
/// out.
///
/// A plain neuron *fires* where the argument of its non-linearity is above 0, which is where ReLU
/// and GELU are open. A gated one acts where its gate is shut, too: there only its habit says
/// anything.
public final class TextStatistics {
  private static final String FORM = "lexiscope-text-1";
  private static final long MOMENT_NANOS = 200_000_000;

  private final Source source;
  private final Sinks sinks;
  private final HabitSums sums;
  private final float[][] norms;

  private TextStatistics(Source source, Sinks sinks, HabitSums sums, float[][] norms) {
    this.source = source;
    this.sinks = sinks;
    this.sums = sums;
    this.norms = norms.clone();
  }

  /// What was read.
  ///
  /// @param name what people call the texts
  /// @param fingerprint tells texts apart
  /// @param positions number of positions read
  public record Source(String name, String fingerprint, long positions) {}

  /// Who watches.
  ///
  /// @param done hears of the positions read, several times a second; what it throws ends the work
  /// @param journal keeps what is summed
  public record Watch(LongConsumer done, Journal journal) {}

  /// Measures: first the medians of the streams' norms, on the first 2,048 positions, and then what
  /// neurons do on all.
  ///
  /// @param texts windows of the context's length of each are read from their start
  /// @param source the same texts by name
  /// @param watch hears of what is read, and keeps it
  public static TextStatistics measure(
      LanguageModel model, List<TokenIds> texts, Source source, Watch watch) {
    int layers = model.architecture().layers();
    int neurons = model.architecture().dimensions().dMlp();
    List<TokenIds> windows = windows(model, texts);
    Sinks sinks =
        watch
            .journal()
            .part(Sinks.FORM, () -> Sinks.measure(model, windows, () -> watch.done().accept(0)));
    HabitSums sums = new HabitSums(layers, neurons);
    long read = 0;
    for (int next = 0; next < windows.size(); ) {
      int from = next;
      HabitSums part =
          watch.journal().part(HabitSums.FORM, () -> summed(model, windows, from, sinks));
      sums.add(part);
      next += part.windows();
      read += windows.subList(from, next).stream().mapToLong(TokenIds::size).sum();
      watch.done().accept(read);
    }
    return new TextStatistics(source, sinks, sums, norms(model));
  }

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
  private static HabitSums summed(
      LanguageModel model, List<TokenIds> windows, int from, Sinks sinks) {
    var dimensions = model.architecture().dimensions();
    HabitSums sums = new HabitSums(model.architecture().layers(), dimensions.dMlp());
    Recording recording =
        Sinks.recording().and(Recording.of(HookPoint.MLP_PRE, HookPoint.MLP_POST));
    long start = System.nanoTime();
    int next = from;
    do {
      TokenIds ids = windows.get(next++);
      try (Run run = model.run(ids, recording)) {
        List<Integer> left = sinks.of(run);
        sums.addWindow(
            run, LongStream.range(0, ids.size()).filter(at -> !left.contains((int) at)).toArray());
      }
    } while (next < windows.size() && System.nanoTime() - start < MOMENT_NANOS);
    return sums;
  }

  /// The lengths of the vectors that neurons write, [layers][neurons].
  private static float[][] norms(LanguageModel model) {
    return model.transformer().weights().blocks().stream()
        .map(
            block ->
                TensorScope.tidy(
                    () ->
                        Linears.rowsAreInputs(block.mlp().out())
                            .norm(-1, /* keepAxis= */ false)
                            .toFloats()))
        .toArray(float[][]::new);
  }

  /// Writes them down.
  public void write(DataOutput out) throws IOException {
    out.writeUTF(FORM);
    out.writeUTF(source.name());
    out.writeUTF(source.fingerprint());
    out.writeLong(source.positions());
    out.writeInt(norms.length);
    out.writeInt(norms.length == 0 ? 0 : norms[0].length);
    Sinks.FORM.write(sinks, out);
    sums.write(out);
    for (float[] layer : norms) {
      for (float norm : layer) {
        out.writeFloat(norm);
      }
    }
  }

  /// Reads what [#write] wrote.
  ///
  /// @return nothing where it is of another form or of a model of another size
  /// @throws IOException also where it ends too early
  public static Optional<TextStatistics> read(DataInput in, int layers, int neurons)
      throws IOException {
    if (!in.readUTF().equals(FORM)) {
      return Optional.empty();
    }
    Source source = new Source(in.readUTF(), in.readUTF(), in.readLong());
    if (in.readInt() != layers || in.readInt() != neurons) {
      return Optional.empty();
    }
    Sinks sinks = Sinks.FORM.read(in);
    HabitSums sums = new HabitSums(layers, neurons);
    sums.fill(in);
    float[][] norms = new float[layers][neurons];
    for (float[] layer : norms) {
      for (int i = 0; i < neurons; i++) {
        layer[i] = in.readFloat();
      }
    }
    return Optional.of(new TextStatistics(source, sinks, sums, norms));
  }

  /// What was read.
  public Source source() {
    return source;
  }

  /// Which positions of a prompt are sinks.
  public Sinks sinks() {
    return sinks;
  }

  /// How many positions the figures are about: those read, less sinks.
  public long positions() {
    return sums.positions();
  }

  /// The share of positions at which a neuron fires, 0 to 1.
  public float of(NeuronName neuron) {
    return of(neuron.layer(), neuron.index());
  }

  /// As above.
  public float of(int layer, int neuron) {
    return (float) mean(Kind.FIRED, layer, neuron);
  }

  /// What a neuron does.
  public NeuronHabit habit(NeuronName neuron) {
    int layer = neuron.layer();
    int index = neuron.index();
    double mean = mean(Kind.SUM, layer, index);
    double whole = 0;
    for (int other = 0; other < norms[layer].length; other++) {
      whole += mean(Kind.SIZES, layer, other) * norms[layer][other];
    }
    double size = mean(Kind.SIZES, layer, index);
    return new NeuronHabit(
        mean,
        Math.sqrt(Math.max(0, mean(Kind.SQUARES, layer, index) - mean * mean)),
        size,
        mean(Kind.NEGATIVE, layer, index),
        whole == 0 ? 0 : size * norms[layer][index] / whole);
  }

  private double mean(Kind kind, int layer, int neuron) {
    return sums.of(kind, layer, neuron) / Math.max(1, sums.positions());
  }
}
