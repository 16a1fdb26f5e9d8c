package io.lexiscope.bench.task;

import io.lexiscope.model.forward.Linears;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Unembedding;
import io.lexiscope.tensor.VocabularyReading;
import io.lexiscope.tensor.VocabularyReadout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The value vectors of every neuron as the fifty words at either end, exact.
///
/// @param subject the model
public record VocabularyTask(Subject subject) implements BenchTask {
  private static final int WORDS = 50;

  /// Vectors read together; the answers of a block are looked through and dropped.
  private static final int TOGETHER = 3072;

  private static final int CHECKED = 8;

  @Override
  public String name() {
    return "vocabulary-readings";
  }

  @Override
  public String about() {
    return "%,d vectors of neurons: %d words at both ends, exact".formatted(vectors(), WORDS);
  }

  private int vectors() {
    return subject.dimensions().layers() * subject.dimensions().dMlp();
  }

  @Override
  public Cost cost() {
    return Cost.of(
        subject.unembedding() * 4 + 4.0 * vectors() * subject.dimensions().dModel(),
        subject.readingOperations(vectors()));
  }

  private Tensor rows(int layer) {
    return Linears.rowsAreInputs(
        subject.model().transformer().weights().blocks().get(layer).mlp().out());
  }

  @Override
  public TaskOutcome run() {
    Unembedding raw =
        new Unembedding(
            subject.model().transformer().unembedding().weight(),
            /* bias= */ null,
            java.util.OptionalDouble.empty());
    List<VocabularyReading> kept = new ArrayList<>();
    double[] sum = {0};
    for (int i = 0; i < subject.dimensions().layers(); i++) {
      int layer = i;
      TensorScope.tidyRun(
          () -> {
            Tensor all = rows(layer);
            for (long from = 0; from < all.size(0); from += TOGETHER) {
              long count = Math.min(TOGETHER, all.size(0) - from);
              List<VocabularyReading> some =
                  VocabularyReadout.read(
                      all.narrow(0, from, count),
                      raw,
                      new VocabularyReadout.Request(WORDS, WORDS, List.of()));
              for (VocabularyReading reading : some) {
                sum[0] += reading.top().getLast().logit() + reading.bottom().getLast().logit();
              }
              kept.add(some.getFirst());
            }
          });
    }
    return new Read(this, kept, sum[0] / vectors());
  }

  /// @param first the reading of the first vector of every block
  /// @param mean of the sums of the fiftieth logits of either end
  private record Read(VocabularyTask task, List<VocabularyReading> first, double mean)
      implements TaskOutcome {
    @Override
    public Answer answer() {
      List<Double> values = new ArrayList<>();
      List<Integer> ids = new ArrayList<>();
      values.add(mean);
      for (VocabularyReading reading : first) {
        reading.top().forEach(word -> ids.add(word.id()));
        reading.bottom().forEach(word -> ids.add(word.id()));
        values.add((double) reading.top().getFirst().logit());
        values.add((double) reading.bottom().getFirst().logit());
      }
      return new Answer(values, ids);
    }

    @Override
    public void check() {
      int each = first.size() / task.subject.dimensions().layers();
      for (int layer = 0; layer < Math.min(CHECKED, task.subject.dimensions().layers()); layer++) {
        VocabularyReading reading = first.get(layer * each);
        int number = layer;
        float[] logits =
            TensorScope.tidy(
                () ->
                    task.rows(number)
                        .narrow(0, 0, 1)
                        .matmul(
                            task.subject
                                .model()
                                .transformer()
                                .unembedding()
                                .weight()
                                .transpose(0, 1))
                        .toFloats());
        Arrays.sort(logits);
        float[] expected = new float[2 * WORDS];
        float[] got = new float[2 * WORDS];
        for (int i = 0; i < WORDS; i++) {
          expected[i] = logits[logits.length - 1 - i];
          expected[WORDS + i] = logits[i];
          got[i] = reading.top().get(i).logit();
          got[WORDS + i] = reading.bottom().get(i).logit();
        }
        Comparison.requireClose(task.name(), got, expected);
      }
    }
  }
}
