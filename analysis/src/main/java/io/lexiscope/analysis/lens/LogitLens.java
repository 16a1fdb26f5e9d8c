package io.lexiscope.analysis.lens;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Reads vectors of a run as words, by one convention.
///
/// ```java
/// LogitLens lens = LogitLens.afterFinalNorm(model);
/// try (Run run = model.run("The capital of Norway is", lens.recording(RESID_POST))) {
///   LensGrid grid = lens.read(run, RESID_POST, Readout.top(10).andRankOf(" Oslo"));
///   grid.cell(/* layer= */ 3, /* position= */ -1).top(); // [ Oslo 0.41,  Bergen 0.07, …]
/// }
/// ```
///
/// A stream is read as the model would read it: its logits stand as they are. The logits of what is
/// added to a stream (heads, neurons, modules) stand above their mean over the vocabulary. Tokens
/// that training hardly touched are left out of lists and counted, but for what the model itself
/// says; [Readout#asItIs] changes both.
///
/// Vectors of many layers and positions share a pass over the unembedding matrix, which goes block
/// by block: logits of all positions over the whole vocabulary never exist.
public final class LogitLens {
  /// Vectors that share one pass over the unembedding matrix.
  private static final int ROWS = 1024;

  private final LanguageModel model;
  private final LensProjection projection;

  private LogitLens(LanguageModel model, LensConvention convention) {
    this.model = model;
    this.projection = LensProjection.of(model, convention);
  }

  /// A lens of a given convention.
  ///
  /// @throws LensException if the model has no unembedding, or lacks what the convention needs
  public static LogitLens of(LanguageModel model, LensConvention convention) {
    return new LogitLens(model, convention);
  }

  /// The final norm applied to the vector itself, then the unembedding.
  ///
  /// @throws LensException if the model has no unembedding or no final norm
  public static LogitLens afterFinalNorm(LanguageModel model) {
    return of(model, LensConvention.FINAL_NORM);
  }

  /// The unembedding alone.
  ///
  /// @throws LensException if the model has no unembedding
  public static LogitLens raw(LanguageModel model) {
    return of(model, LensConvention.RAW);
  }

  /// The final norm with the scale that the run had, then the unembedding.
  ///
  /// @throws LensException if the model has no unembedding or no final norm, or its head is not
  ///   linear
  public static LogitLens frozenScale(LanguageModel model) {
    return of(model, LensConvention.FROZEN_SCALE);
  }

  /// Whether vectors at a hook point can be read: those in residual space, heads through W_O at Z,
  /// neurons through W_out at MLP_POST.
  public static boolean canRead(HookPoint point) {
    return point.inResidualSpace() || point == HookPoint.Z || point == HookPoint.MLP_POST;
  }

  /// How vectors become logits.
  public LensConvention convention() {
    return projection.convention();
  }

  /// What a run must record so that this lens can read these points in every layer.
  public Recording recording(HookPoint... points) {
    return Recording.of(points).and(Recording.of(projection.needs()));
  }

  /// What a run must record so that this lens can read a selection.
  public Recording recording(LensSelection selection) {
    Recording whole = Recording.of(selection.at()).and(Recording.of(projection.needs()));
    return selection.positions().isEmpty() ? whole : whole.at(selection.positions());
  }

  /// Reads a hook point in every layer at every position; where it has heads, every head.
  ///
  /// @throws LensException if the point cannot be read in words
  /// @throws io.lexiscope.model.hook.HookException if it was not recorded
  public LensGrid read(Run run, HookPoint point, Readout readout) {
    int layers = point.perLayer() ? model.architecture().layers() : 1;
    LensReadings readings = read(run, LensSelection.everywhere(point, layers), readout);
    return new LensGrid(point, layers, run.length(), readings);
  }

  /// Reads a selection.
  ///
  /// @throws LensException if a place cannot be read in words, or a layer, position, head or neuron
  ///   does not exist
  /// @throws io.lexiscope.model.hook.HookException if a place was not recorded
  public LensReadings read(Run run, LensSelection selection, Readout readout) {
    return read(run, List.of(selection), readout);
  }

  /// Reads several selections as one, in their order.
  ///
  /// @throws LensException as above
  /// @throws io.lexiscope.model.hook.HookException as above
  public LensReadings read(Run run, List<LensSelection> selections, Readout readout) {
    if (run.model().transformer() != model.transformer()) {
      throw new LensException(
          "lens: expected a run of the model in %s, got one of %s; open the lens on the run's model"
              .formatted(model.folder(), run.model().folder()));
    }
    ReadingRequest request =
        new ReadingRequest(
            readout.top(),
            readout.bottom(),
            readout.targets().stream().map(target -> target.resolve(model)).toList(),
            readout.raw() ? Baseline.NONE : Baseline.MEAN,
            readout.raw());
    List<LensVectors> pieces = new ArrayList<>();
    for (LensSelection selection : selections) {
      for (HookName at : selection.at()) {
        pieces.addAll(LensVectors.of(model, at, selection, run.length()).pieces(ROWS));
      }
    }
    List<LensReading> readings = new ArrayList<>();
    List<LensVectors> batch = new ArrayList<>();
    int rows = 0;
    for (LensVectors piece : pieces) {
      boolean full = rows + piece.rows() > ROWS;
      if (!batch.isEmpty() && (full || !alike(batch.getLast(), piece))) {
        readings.addAll(readBatch(run, batch, request));
        batch.clear();
        rows = 0;
      }
      batch.add(piece);
      rows += piece.rows();
    }
    if (!batch.isEmpty()) {
      readings.addAll(readBatch(run, batch, request));
    }
    return new LensReadings(convention(), readings);
  }

  /// Streams and components are read with and without bias, so never in one batch; what the model
  /// itself says neither.
  private boolean alike(LensVectors a, LensVectors b) {
    return projection.linear(a.at().point()) == projection.linear(b.at().point())
        && LensProjection.isStream(a.at().point()) == LensProjection.isStream(b.at().point())
        && saidByModel(a.at()) == saidByModel(b.at());
  }

  /// Whether a place is where the model's own answer is read: no token is left out of that.
  private boolean saidByModel(HookName at) {
    return at.point() == HookPoint.FINAL_NORMALIZED
        || at.equals(HookPoint.RESID_POST.at(model.architecture().layers() - 1));
  }

  /// Streams are read as the model would read them, so their logits stand as they are.
  private ReadingRequest of(HookName at, ReadingRequest asked) {
    ReadingRequest above = LensProjection.isStream(at.point()) ? asked.above(Baseline.NONE) : asked;
    return saidByModel(at) ? above.withEveryToken() : above;
  }

  private List<LensReading> readBatch(Run run, List<LensVectors> batch, ReadingRequest request) {
    return TensorScope.tidy(
        () -> {
          Tensor vectors = Tensors.cat(batch.stream().map(piece -> piece.of(run)).toList(), 0);
          Tensor positions =
              Tensors.cat(batch.stream().map(LensVectors::positionOfRows).toList(), 0);
          HookName at = batch.getFirst().at();
          List<VectorReading> found =
              projection
                  .reader()
                  .read(projection.projected(run, at.point(), vectors, positions), of(at, request));
          List<LensPlace> places =
              batch.stream().flatMap(piece -> piece.places().stream()).toList();
          return IntStream.range(0, found.size())
              .mapToObj(row -> new LensReading(places.get(row), found.get(row)))
              .toList();
        });
  }
}
