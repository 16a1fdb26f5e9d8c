package io.lexiscope.bench.task;

import io.lexiscope.analysis.lens.LensReading;
import io.lexiscope.analysis.lens.LensSelection;
import io.lexiscope.analysis.lens.LogitLens;
import io.lexiscope.analysis.lens.Readout;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.reading.TokenReading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The lens over a whole prompt: a pass, and the residual stream before, within and after every
/// block at every position as ten words, the rank of one and the entropy.
///
/// @param subject the model
public record LensGridTask(Subject subject) implements BenchTask {
  /// Positions of the prompt.
  static final int LENGTH = 16;

  private static final int TOP = 10;
  static final int TARGET = 100;

  @Override
  public String name() {
    return "lens-grid";
  }

  @Override
  public String about() {
    return "%d places x %d positions: top %d, rank of a word, entropy"
        .formatted(sites(), LENGTH, TOP);
  }

  private int sites() {
    return 3 * subject.dimensions().layers();
  }

  @Override
  public Cost cost() {
    return Cost.of(
        subject.weightBytes(),
        subject.passOperations(LENGTH) + subject.readingOperations((double) sites() * LENGTH));
  }

  @Override
  public TaskOutcome run() {
    return new Read(this, grid());
  }

  List<LensReading> grid() {
    LogitLens lens = LogitLens.afterFinalNorm(subject.model());
    LensSelection places = LensSelection.of(places());
    try (Run run = subject.model().run(subject.prompt(LENGTH), lens.recording(places))) {
      return lens.read(run, places, Readout.top(TOP).andRankOf(TARGET)).list();
    }
  }

  private List<HookName> places() {
    return IntStream.range(0, subject.dimensions().layers())
        .boxed()
        .flatMap(
            layer ->
                List.of(
                    HookPoint.RESID_PRE.at(layer),
                    HookPoint.RESID_MID.at(layer),
                    HookPoint.RESID_POST.at(layer))
                    .stream())
        .toList();
  }

  private record Read(LensGridTask task, List<LensReading> readings) implements TaskOutcome {
    @Override
    public Answer answer() {
      List<Double> values = new ArrayList<>();
      List<Integer> ids = new ArrayList<>();
      for (LensReading reading : readings) {
        values.add(reading.entropy());
        values.add(reading.top().getFirst().logit());
        values.add(reading.top().getLast().logit());
        reading.top().forEach(word -> ids.add(word.id()));
        ids.add(reading.targets().getFirst().rank());
      }
      return new Answer(values, ids);
    }

    @Override
    public void check() {
      List<LensReading> others = Comparison.throughLibtorch(task::grid);
      Comparison.require(
          readings.size() == task.sites() * LENGTH && others.size() == readings.size(),
          task.name(),
          task.sites() * LENGTH + " readings",
          readings.size());
      Comparison.requireClose(task.name(), floats(readings), floats(others));
      checkLast();
    }

    private static float[] floats(List<LensReading> readings) {
      float[] all = new float[2 * readings.size()];
      for (int i = 0; i < readings.size(); i++) {
        all[2 * i] = (float) readings.get(i).entropy();
        all[2 * i + 1] = (float) readings.get(i).top().getFirst().logit();
      }
      return all;
    }

    /// The last cell against all logits of the pass, sorted.
    private void checkLast() {
      float[] logits;
      try (Run run = task.subject.model().run(task.subject.prompt(LENGTH), Recording.nothing())) {
        logits = run.logits(-1).toFloats();
      }
      List<Integer> best =
          IntStream.range(0, logits.length)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer id) -> -logits[id]))
              .toList();
      LensReading last = readings.getLast();
      List<Integer> top = last.top().stream().map(TokenReading::id).toList();
      Comparison.require(
          top.equals(best.subList(0, TOP)), task.name(), "the words " + best.subList(0, TOP), top);
      int rank = best.indexOf(TARGET) + 1;
      Comparison.require(
          last.targets().getFirst().rank() == rank,
          task.name(),
          "rank " + rank,
          last.targets().getFirst().rank());
      double largest = logits[best.getFirst()];
      double sum = 0;
      double weighted = 0;
      for (float logit : logits) {
        double e = Math.exp(logit - largest);
        sum += e;
        weighted += e * (logit - largest);
      }
      float entropy = (float) (Math.log(sum) - weighted / sum);
      Comparison.requireClose(
          task.name(), new float[] {(float) last.entropy()}, new float[] {entropy});
    }
  }
}
