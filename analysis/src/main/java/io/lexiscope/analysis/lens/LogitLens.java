package io.lexiscope.analysis.lens;

import io.lexiscope.analysis.lens.LensReading.Words;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.VocabularyReading;
import io.lexiscope.tensor.VocabularyReading.TokenLogit;
import io.lexiscope.tensor.VocabularyReadout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    VocabularyReadout.Request request =
        new VocabularyReadout.Request(
            readout.top(),
            readout.bottom(),
            readout.targets().stream().map(target -> target.resolve(model)).toList());
    List<LensVectors> pieces = new ArrayList<>();
    for (LensSelection selection : selections) {
      for (HookName at : selection.at()) {
        pieces.addAll(LensVectors.of(model, at, selection, run.length()).pieces(ROWS));
      }
    }
    Map<Integer, String> texts = new HashMap<>();
    List<LensReading> readings = new ArrayList<>();
    List<LensVectors> batch = new ArrayList<>();
    int rows = 0;
    for (LensVectors piece : pieces) {
      boolean full = rows + piece.rows() > ROWS;
      if (!batch.isEmpty() && (full || !alike(batch.getLast(), piece))) {
        readings.addAll(readBatch(run, batch, request, texts));
        batch.clear();
        rows = 0;
      }
      batch.add(piece);
      rows += piece.rows();
    }
    if (!batch.isEmpty()) {
      readings.addAll(readBatch(run, batch, request, texts));
    }
    return new LensReadings(convention(), readings);
  }

  /// Streams and components are read with and without bias, so never in one batch.
  private boolean alike(LensVectors a, LensVectors b) {
    return projection.linear(a.at().point()) == projection.linear(b.at().point());
  }

  private List<LensReading> readBatch(
      Run run,
      List<LensVectors> batch,
      VocabularyReadout.Request request,
      Map<Integer, String> texts) {
    return TensorScope.tidy(
        () -> {
          Tensor vectors = Tensors.cat(batch.stream().map(piece -> piece.of(run)).toList(), 0);
          Tensor positions =
              Tensors.cat(batch.stream().map(LensVectors::positionOfRows).toList(), 0);
          HookPoint point = batch.getFirst().at().point();
          Tensor projected = projection.apply(run, point, vectors, positions);
          List<VocabularyReading> found =
              VocabularyReadout.read(projected, projection.unembedding(point), request);
          float[] norms = vectors.norm(-1, /* keepAxis= */ false).toFloats();
          List<LensPlace> places =
              batch.stream().flatMap(piece -> piece.places().stream()).toList();
          List<LensReading> readings = new ArrayList<>(norms.length);
          for (int row = 0; row < norms.length; row++) {
            readings.add(reading(places.get(row), norms[row], found.get(row), texts));
          }
          return readings;
        });
  }

  private LensReading reading(
      LensPlace place, double norm, VocabularyReading found, Map<Integer, String> texts) {
    Words words = new Words(words(found, found.top(), texts), words(found, found.bottom(), texts));
    List<TargetReading> targets =
        found.targets().stream()
            .map(
                target ->
                    new TargetReading(
                        target.id(),
                        text(target.id(), texts),
                        found.probability(target.logit()),
                        target.logit(),
                        target.rank()))
            .toList();
    return new LensReading(place, norm, found.entropy(), words, targets);
  }

  private List<TokenReading> words(
      VocabularyReading found, List<TokenLogit> tokens, Map<Integer, String> texts) {
    return tokens.stream()
        .map(
            token ->
                new TokenReading(
                    token.id(),
                    text(token.id(), texts),
                    found.probability(token.logit()),
                    token.logit()))
        .toList();
  }

  private String text(int id, Map<Integer, String> texts) {
    return texts.computeIfAbsent(id, model.tokenizer()::display);
  }
}
