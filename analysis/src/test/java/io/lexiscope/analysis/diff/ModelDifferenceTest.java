package io.lexiscope.analysis.diff;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.analysis.Golden;
import io.lexiscope.analysis.gradient.MatrixNames;
import io.lexiscope.base.FloatVector;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.edit.PatchOrigin;
import io.lexiscope.model.edit.PatchStack;
import io.lexiscope.model.edit.PatchTerm;
import io.lexiscope.model.edit.WeightEdits;
import io.lexiscope.model.edit.WeightPatch;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelDifferenceTest {
  private static final DifferenceQuestion THREE = new DifferenceQuestion(3, 4, 5, /* seed= */ 0);

  @MustBeClosed
  private static LanguageModel microworld() {
    return LanguageModel.open(Path.of("../models/microworld"));
  }

  /// Zeros but one.
  private static FloatVector unit(int size, int at, double length) {
    float[] vector = new float[size];
    vector[at] = (float) length;
    return FloatVector.of(vector);
  }

  /// Two terms at right angles in one matrix.
  private static PatchStack planted(LanguageModel model, MatrixName name, double one, double two) {
    int in = name.kind().inputs(model.architecture());
    int out = name.kind().outputs(model.architecture());
    return new PatchStack(
        List.of(
            new WeightPatch(
                name,
                List.of(
                    new PatchTerm(unit(in, 1, one), unit(out, 2, 1)),
                    new PatchTerm(unit(in, 3, two), unit(out, 0, 1))),
                PatchOrigin.named("planted"))));
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void theSingularValuesOfWhatWasLaidInAreFoundInEveryMatrix(Golden golden) {
    try (LanguageModel model = golden.open()) {
      for (MatrixKind kind : MatrixKind.values()) {
        if (!kind.existsIn(model.architecture())) {
          continue;
        }
        MatrixName name = kind.at(1);
        try (WeightEdits edits =
            WeightEdits.open(model.architecture(), planted(model, name, 0.5, 1.2))) {
          DifferenceReport report =
              ModelDifference.of(model, model.with(edits), THREE, Turn.immediately());

          assertThat(report.matrices()).hasSize(1);
          MatrixDifference found = report.matrices().getFirst();
          assertThat(found.layer()).isEqualTo(1);
          assertThat(found.matrix()).isEqualTo(MatrixNames.of(kind));
          assertClose(found.norm(), 1.3, Tolerance.within(1e-5));
          assertClose(found.factors().get(0).weight(), 1.2, Tolerance.within(1e-5));
          assertClose(found.factors().get(1).weight(), 0.5, Tolerance.within(1e-5));
          assertThat(found.factors()).as("no factors of rounding").hasSize(2);
          assertClose(found.factors().get(0).share(), 1.44 / 1.69, Tolerance.within(1e-5));
          assertThat(report.unchanged()).isEqualTo(MatrixName.all(model.architecture()).size() - 1);
          assertThat(report.others().differ()).isEmpty();
          assertThat(report.others().unmatched()).isZero();
          assertThat(report.control()).isNotEmpty();
          boolean silent = kind == MatrixKind.W_Q || kind == MatrixKind.W_K;
          assertThat(found.factors().get(0).shiftTop() == null).isEqualTo(silent);
        }
      }
    }
  }

  @Test
  void whatWasLaidInIsReadWhicheverWayTheDecompositionTurnsIt() {
    try (LanguageModel model = microworld()) {
      int oslo = model.tokenizer().encode(" Oslo").ids().get(0);
      float[] says = row(model.transformer().unembedding().weight().toFloats(), model, oslo);
      MatrixName name = MatrixKind.W_OUT.at(2);
      for (double sign : new double[] {1, -1}) {
        PatchStack patch =
            new PatchStack(
                List.of(
                    new WeightPatch(
                        name,
                        List.of(
                            new PatchTerm(
                                unit(name.kind().inputs(model.architecture()), 7, sign),
                                scaled(says, sign))),
                        PatchOrigin.named("planted"))));
        try (WeightEdits edits = WeightEdits.open(model.architecture(), patch)) {
          DifferenceFactor factor =
              ModelDifference.of(model, model.with(edits), THREE, Turn.immediately())
                  .leading()
                  .getFirst()
                  .factor();

          assertThat(factor.shiftTop()).extracting(TokenReading::id).first().isEqualTo(oslo);
        }
      }
    }
  }

  private static float[] row(float[] matrix, LanguageModel model, int row) {
    int width = model.architecture().dModel();
    return Arrays.copyOfRange(matrix, row * width, (row + 1) * width);
  }

  private static FloatVector scaled(float[] vector, double by) {
    float[] scaled = vector.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= (float) by;
    }
    return FloatVector.of(scaled);
  }

  /// A matrix may have more of the model's leading factors than are shown of each.
  @Test
  void leadingFactorsAreThoseOfTheWholeModel() {
    try (LanguageModel model = microworld()) {
      MatrixName name = MatrixKind.W_IN.at(0);
      try (WeightEdits edits =
          WeightEdits.open(model.architecture(), planted(model, name, 0.5, 1.2))) {
        DifferenceReport report =
            ModelDifference.of(
                model,
                model.with(edits),
                new DifferenceQuestion(/* factors= */ 1, /* leading= */ 2, 3, 0),
                Turn.immediately());

        assertThat(report.matrices().getFirst().factors()).hasSize(1);
        assertThat(report.leading()).hasSize(2);
        assertClose(report.leading().get(1).factor().weight(), 0.5, Tolerance.within(1e-5));
        assertThat(report.leading().getFirst().factor())
            .isEqualTo(report.matrices().getFirst().factors().getFirst());
      }
    }
  }

  @Test
  void equalModelsDifferInNothing() {
    try (LanguageModel one = microworld();
        LanguageModel other = microworld()) {
      DifferenceReport report = ModelDifference.of(one, other, THREE, Turn.immediately());

      assertThat(report.matrices()).isEmpty();
      assertThat(report.leading()).isEmpty();
      assertThat(report.control()).isEmpty();
      assertThat(report.others().differ()).isEmpty();
      assertThat(report.others().unmatched()).isZero();
    }
  }

  @Test
  void modelsOfOtherShapesAreRefused() {
    try (LanguageModel one = microworld();
        LanguageModel other = Golden.GPT2.open()) {
      assertThatThrownBy(() -> ModelDifference.of(one, other, THREE, Turn.immediately()))
          .isInstanceOf(DifferenceException.class)
          .hasMessageStartingWith("diff: expected two models of one shape, got ");
    }
  }
}
