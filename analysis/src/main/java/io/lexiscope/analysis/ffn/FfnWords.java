package io.lexiscope.analysis.ffn;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensProjection;
import io.lexiscope.model.Run;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The words around feed-forward parts: of the streams before and after, and of value vectors, all
/// by one convention.
///
/// A value vector's logits are those of one unit of its coefficient: under a linear convention
/// coefficient × logit is the sub-update's score for the word. They stand above the mean word's, as
/// scores do; the logits of streams stand as the model would read them.
public final class FfnWords {
  private final Run run;
  private final LensProjection lens;
  private final Baseline baseline;

  private FfnWords(Run run, LensProjection lens, Baseline baseline) {
    this.run = run;
    this.lens = lens;
    this.baseline = baseline;
  }

  /// Words of a run by the convention of its accounts.
  public static FfnWords of(FfnSubUpdates subUpdates) {
    return new FfnWords(subUpdates.run(), subUpdates.lens(), subUpdates.baseline());
  }

  /// Words of a run by one convention.
  ///
  /// @throws io.lexiscope.analysis.lens.LensException if the model cannot be read by it
  public static FfnWords of(Run run, LensConvention convention) {
    return new FfnWords(run, LensProjection.of(run.model(), convention), Baseline.MEAN);
  }

  /// The same, with the words of value vectors above another baseline.
  public FfnWords above(Baseline other) {
    return new FfnWords(run, lens, other);
  }

  /// A layer and a position of the run.
  ///
  /// @param layer from 0
  /// @param position from 0
  public record Place(int layer, int position) {}

  /// The streams around one FFN.
  ///
  /// @param before what its output is added to
  /// @param after the sum
  public record States(VectorReading before, VectorReading after) {}

  /// Reads the streams before and after, as the model would read them.
  ///
  /// @param places where
  /// @param top how many words of each
  /// @param targets ids whose logit, probability and rank are wanted
  public List<States> states(List<Place> places, int top, List<Integer> targets) {
    if (places.isEmpty()) {
      return List.of();
    }
    return TensorScope.tidy(
        () -> {
          List<Tensor> rows = new ArrayList<>();
          List<Integer> positions = new ArrayList<>();
          List<Integer> saidByModel = new ArrayList<>();
          int last = run.model().architecture().layers() - 1;
          for (Place place : places) {
            FfnStream stream = new FfnStream(run, place.layer(), place.position());
            rows.add(stream.before());
            rows.add(stream.after());
            positions.add(place.position());
            positions.add(place.position());
            if (place.layer() == last) {
              saidByModel.add(rows.size() - 1);
            }
          }
          ReadingRequest request =
              ReadingRequest.words(top, /* bottom= */ 0, baseline)
                  .andTargets(targets)
                  .above(Baseline.NONE);
          List<VectorReading> readings = new ArrayList<>(streams(rows, positions, request));
          if (!saidByModel.isEmpty() && !request.everyToken()) {
            List<VectorReading> whole =
                streams(
                    saidByModel.stream().map(rows::get).toList(),
                    saidByModel.stream().map(positions::get).toList(),
                    request.withEveryToken());
            for (int i = 0; i < whole.size(); i++) {
              readings.set(saidByModel.get(i), whole.get(i));
            }
          }
          List<States> states = new ArrayList<>(places.size());
          for (int i = 0; i < places.size(); i++) {
            states.add(new States(readings.get(2 * i), readings.get(2 * i + 1)));
          }
          return states;
        });
  }

  /// Reads the value vectors of some sub-updates, as they reach the stream at a position.
  ///
  /// @param position from 0
  /// @param neurons which
  /// @param words how many at each end
  public List<VectorReading> values(int position, List<NeuronName> neurons, int words) {
    if (neurons.isEmpty()) {
      return List.of();
    }
    return TensorScope.tidy(
        () -> {
          List<Tensor> rows = new ArrayList<>();
          for (NeuronName neuron : neurons) {
            ValueVectors values = ValueVectors.of(run.model(), neuron.layer());
            rows.add(values.pick(List.of(neuron.index())).div(values.divisor(run, position)));
          }
          return lens.reader()
              .read(
                  lens.projected(
                      Tensors.cat(rows, 0),
                      lens.scaleAt(run, ids(Collections.nCopies(neurons.size(), position))),
                      /* component= */ true),
                  ReadingRequest.words(words, words, baseline));
        });
  }

  private List<VectorReading> streams(
      List<Tensor> rows, List<Integer> positions, ReadingRequest request) {
    return lens.reader()
        .read(
            lens.projected(
                Tensors.stack(rows, 0), lens.scaleAt(run, ids(positions)), /* component= */ false),
            request);
  }

  private static Tensor ids(List<Integer> numbers) {
    return Tensors.ofLongs(numbers.stream().mapToLong(Integer::longValue).toArray());
  }
}
