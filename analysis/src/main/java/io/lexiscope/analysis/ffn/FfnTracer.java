package io.lexiscope.analysis.ffn;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensException;
import io.lexiscope.analysis.lens.LensProjection;
import io.lexiscope.analysis.lens.LensTarget;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.VocabularyReading;
import io.lexiscope.tensor.VocabularyReadout;
import java.util.ArrayList;
import java.util.List;

/// Follows the leading word through the layers of a run and names the sub-updates that are
/// responsible for what happens to it.
public final class FfnTracer {
  /// How many dominant sub-updates an event names.
  public static final int DOMINANT = 10;

  private final Run run;
  private final LensProjection lens;

  private FfnTracer(Run run, LensProjection lens) {
    this.run = run;
    this.lens = lens;
  }

  /// A tracer by the convention that the model itself reads its last stream by: the final norm with
  /// the vector's own scale, or none where there is no final norm.
  ///
  /// @param run made with [FfnSubUpdates#recording]
  /// @throws LensException if the model has no unembedding
  public static FfnTracer of(Run run) {
    return new FfnTracer(run, projection(run.model()));
  }

  /// The convention that words are ranked by.
  public static LensProjection projection(LanguageModel model) {
    try {
      return LensProjection.of(model, LensConvention.FINAL_NORM);
    } catch (LensException noFinalNorm) {
      return LensProjection.of(model, LensConvention.RAW);
    }
  }

  /// The convention that words are ranked by.
  public LensConvention convention() {
    return lens.convention();
  }

  /// The leading words at one position.
  ///
  /// @param position from 0
  public FfnTrajectory trajectory(int position) {
    return TensorScope.tidy(
        () -> {
          int layers = run.model().architecture().layers();
          List<Tensor> before = new ArrayList<>();
          List<Tensor> after = new ArrayList<>();
          for (int layer = 0; layer < layers; layer++) {
            FfnStream stream = new FfnStream(run, layer, position);
            before.add(stream.before());
            after.add(stream.after());
          }
          List<Integer> leading =
              read(before, VocabularyReadout.Request.top(1)).stream()
                  .map(FfnTracer::leader)
                  .toList();
          List<Integer> followed = leading.stream().distinct().toList();
          List<VocabularyReading> ends =
              read(after, new VocabularyReadout.Request(1, /* bottom= */ 0, followed));
          List<FfnTrajectory.Step> steps = new ArrayList<>();
          for (int layer = 0; layer < layers; layer++) {
            int word = leading.get(layer);
            int rank = ends.get(layer).targets().get(followed.indexOf(word)).rank();
            steps.add(new FfnTrajectory.Step(word, leader(ends.get(layer)), rank));
          }
          return new FfnTrajectory(steps);
        });
  }

  private static int leader(VocabularyReading reading) {
    return reading.top().getFirst().id();
  }

  private List<VocabularyReading> read(List<Tensor> rows, VocabularyReadout.Request request) {
    return VocabularyReadout.read(
        lens.project(Tensors.stack(rows, 0), /* scale= */ null, /* component= */ false),
        lens.unembeddingOf(/* component= */ false),
        request);
  }

  /// The events at one position, with what is responsible for them.
  ///
  /// @param position from 0
  /// @param scored scores sub-updates by its convention; its word is not used
  public List<FfnEvent> events(int position, FfnSubUpdates scored) {
    FfnTrajectory trajectory = trajectory(position);
    List<FfnEvent> events = new ArrayList<>();
    trajectory
        .saturation()
        .ifPresent(
            layer ->
                events.add(
                    event(
                        FfnEventKind.SATURATION,
                        new FfnWords.Place(layer, position),
                        trajectory.answer(),
                        scored)));
    trajectory
        .elimination(run.tokens().get(position))
        .ifPresent(
            layer ->
                events.add(
                    event(
                        FfnEventKind.ELIMINATION,
                        new FfnWords.Place(layer, position),
                        trajectory.steps().get(layer).before(),
                        scored)));
    return events;
  }

  private FfnEvent event(FfnEventKind kind, FfnWords.Place place, int word, FfnSubUpdates scored) {
    int[] ranks =
        TensorScope.tidy(
            () -> {
              FfnStream stream = new FfnStream(run, place.layer(), place.position());
              return read(
                      List.of(stream.before(), stream.after()),
                      new VocabularyReadout.Request(0, 0, List.of(word)))
                  .stream()
                  .mapToInt(reading -> reading.targets().getFirst().rank())
                  .toArray();
            });
    List<SubUpdate> responsible =
        scored
            .at(place.position())
            .scoring(new LensTarget.Id(word))
            .layer(place.layer())
            .dominant(DOMINANT);
    return new FfnEvent(kind, place, word, new FfnEvent.Ranks(ranks[0], ranks[1]), responsible);
  }
}
