package io.lexiscope.analysis.ffn;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensProjection;
import io.lexiscope.analysis.lens.LensTarget;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.Position;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.VocabularyReadout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Takes the feed-forward parts of a run apart into sub-updates, each scored for a word.
///
/// ```java
/// try (Run run = model.run("The capital of Norway is", FfnSubUpdates.recording(model))) {
///   FfnSubUpdates.of(run).layer(3).strongest(10); // L3N812 +2.31, …
/// }
/// ```
///
/// The score of a sub-update is what it adds to the logit of the word (minus that of another, where
/// one is given) by the chosen convention. Under the raw and the frozen convention scores of a
/// layer sum to what the layer does to the logit, before any soft cap.
///
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §3</a>
public final class FfnSubUpdates {
  private final LanguageModel model;
  private final Run run;
  private final LensProjection lens;
  private final int position;
  private final Words words;

  /// The word that is scored and the one it is compared with; the model's answer where absent.
  private record Words(
      @Nullable LensTarget target, @Nullable LensTarget against, Baseline baseline) {}

  private FfnSubUpdates(Run run, LensProjection lens, int position, Words words) {
    this.model = run.model();
    this.run = run;
    this.lens = lens;
    this.position = position;
    this.words = words;
  }

  Run run() {
    return run;
  }

  /// What a run must record, for every convention that the model can be read by.
  public static Recording recording(LanguageModel model) {
    Wiring wiring = model.architecture().block().wiring();
    Set<HookPoint> points =
        EnumSet.of(
            HookPoint.MLP_POST, HookPoint.MLP_MODULE_OUT, HookPoint.MLP_OUT, HookPoint.RESID_POST);
    switch (wiring) {
      case PRE_NORM, SANDWICH, OUTPUT_NORM -> points.add(HookPoint.RESID_MID);
      case PARALLEL_ONE_NORM, PARALLEL_TWO_NORMS -> {
        points.add(HookPoint.RESID_PRE);
        points.add(HookPoint.ATTN_OUT);
      }
      case POST_NORM -> {
        points.add(HookPoint.LN1_NORMALIZED);
        points.add(HookPoint.LN2_SCALE);
      }
    }
    if (HookPoint.FINAL_SCALE.existsIn(model.architecture())) {
      points.add(HookPoint.FINAL_SCALE);
    }
    return Recording.of(points.toArray(HookPoint[]::new));
  }

  /// The sub-updates at the last position, scored for the model's own answer with the norm's scale
  /// frozen.
  ///
  /// @param run made with [#recording]
  /// @throws io.lexiscope.analysis.lens.LensException if the model cannot be read by that
  ///   convention
  public static FfnSubUpdates of(Run run) {
    return of(run, LensConvention.FROZEN_SCALE);
  }

  /// The same by another convention.
  ///
  /// @throws io.lexiscope.analysis.lens.LensException if the model cannot be read by that
  ///   convention
  public static FfnSubUpdates of(Run run, LensConvention convention) {
    LensProjection lens = LensProjection.of(run.model(), convention);
    return new FfnSubUpdates(run, lens, run.length() - 1, new Words(null, null, Baseline.MEAN));
  }

  /// The same, scored for this word, such as ` Paris`.
  public FfnSubUpdates toward(String word) {
    return toward(new LensTarget.Word(word));
  }

  /// The same, scored for this token.
  public FfnSubUpdates toward(LensTarget target) {
    return new FfnSubUpdates(
        run, lens, position, new Words(target, words.against(), words.baseline()));
  }

  /// The same, scored for this token alone.
  FfnSubUpdates scoring(LensTarget target) {
    return new FfnSubUpdates(run, lens, position, new Words(target, null, words.baseline()));
  }

  /// The same, scored for the word minus this one.
  public FfnSubUpdates against(LensTarget other) {
    return new FfnSubUpdates(
        run, lens, position, new Words(words.target(), other, words.baseline()));
  }

  /// The same at another position.
  ///
  /// @param other from 0, or negative from the end
  /// @throws FfnException if there is no such position
  public FfnSubUpdates at(int other) {
    int resolved = Position.from0(other, run.length());
    if (resolved < 0 || resolved >= run.length()) {
      throw new FfnException(
          "ffn: expected a position from %d to %d, got %d"
              .formatted(-run.length(), run.length() - 1, other));
    }
    return new FfnSubUpdates(run, lens, resolved, words);
  }

  /// The same, with the scores of one word above this.
  public FfnSubUpdates above(Baseline baseline) {
    return new FfnSubUpdates(
        run, lens, position, new Words(words.target(), words.against(), baseline));
  }

  /// What the score of one word stands above.
  public Baseline baseline() {
    return words.baseline();
  }

  /// How vectors become logits.
  public LensProjection lens() {
    return lens;
  }

  /// The divisor that the lens takes from the run at the position; 1 where it takes none.
  public double frozenScale() {
    return TensorScope.tidy(
        () -> {
          Tensor scale = lens.scaleAt(run, Tensors.ofLongs(position));
          return scale == null ? 1 : scale.item();
        });
  }

  /// Position that is read, from 0.
  public int position() {
    return position;
  }

  /// The word that is scored; without one given, what the model says at this position.
  public int target() {
    LensTarget given = words.target();
    return given == null ? answer() : given.resolve(model);
  }

  private int answer() {
    return TensorScope.tidy(
        () -> {
          Tensor last =
              model.transformer().beforeUnembedding(run.last().select(0, 0).narrow(0, position, 1));
          return VocabularyReadout.read(
                  last, model.transformer().unembedding(), VocabularyReadout.Request.top(1))
              .getFirst()
              .top()
              .getFirst()
              .id();
        });
  }

  /// The accounts of every layer, first to last.
  public List<FfnAccount> layers() {
    return IntStream.range(0, model.architecture().layers()).mapToObj(this::layer).toList();
  }

  /// The account of one layer.
  ///
  /// @throws FfnException if there is no such layer
  /// @throws io.lexiscope.model.hook.HookException if the run did not record what [#recording] asks
  ///   for
  public FfnAccount layer(int layer) {
    ValueVectors values = ValueVectors.of(model, layer);
    List<Integer> ids = ids();
    return TensorScope.tidy(
        () -> {
          double divisor = values.divisor(run, position);
          Tensor post = at(HookPoint.MLP_POST.at(layer));
          Tensor constant = values.constant(divisor, model.architecture().dModel());
          double[] sum = plus(neuronsToStream(values, post, divisor), constant.toFloats());
          FfnStream stream = new FfnStream(run, layer, position);
          double[] before = doubles(stream.before());
          double[] after = doubles(stream.after());
          double[] added = doubles(at(HookPoint.MLP_OUT.at(layer)));
          double[] changed = intervened(values) ? minus(minus(after, before), sum) : null;
          double residualError = changed == null ? distance(added, sum) : 0;
          Tensor scale = lens.scaleAt(run, Tensors.ofLongs(position));
          FfnScores scores = new FfnScores(lens, scale, ids, words.baseline());
          double[] byNeuron = scores.ofNeurons(values, post, divisor);
          FfnAccount.Logits logits =
              new FfnAccount.Logits(
                  scores.of(before),
                  java.util.Arrays.stream(byNeuron).sum(),
                  values.hasConstant() ? scores.ofComponent(doubles(constant)) : 0,
                  changed == null ? 0 : scores.ofComponent(changed),
                  scores.of(after));
          float[] lengths = values.norms();
          double[] norms = new double[lengths.length];
          java.util.Arrays.setAll(norms, i -> lengths[i] / divisor);
          return new FfnAccount(
              new FfnAccount.Place(layer, position, lens.convention()),
              post.toFloats(),
              norms,
              byNeuron,
              new FfnAccount.Closing(
                  residualError, constant.norm(-1, /* keepAxis= */ false).item(), logits));
        });
  }

  private List<Integer> ids() {
    List<Integer> ids = new ArrayList<>();
    ids.add(target());
    LensTarget other = words.against();
    if (other != null) {
      ids.add(other.resolve(model));
    }
    return ids;
  }

  /// Whether an intervention changed what is added, or the stream after it, apart from the neurons.
  private boolean intervened(ValueVectors values) {
    int layer = values.layer();
    List<HookName> places = new ArrayList<>();
    places.add(HookPoint.MLP_MODULE_OUT.at(layer));
    places.add(HookPoint.MLP_OUT.at(layer));
    places.add(HookPoint.RESID_POST.at(layer));
    if (model.architecture().block().wiring() == Wiring.OUTPUT_NORM) {
      places.add(HookPoint.LN2_SCALE.at(layer));
      places.add(HookPoint.LN2_NORMALIZED.at(layer));
    }
    return model.interventions().list().stream()
        .filter(Intervention::enabled)
        .anyMatch(intervention -> places.contains(intervention.target().place()));
  }

  private Tensor at(HookName name) {
    return run.activation(name, position);
  }

  /// Σ m·v as it reaches the stream.
  private static double[] neuronsToStream(ValueVectors values, Tensor post, double divisor) {
    return doubles(
        TensorScope.tidy(() -> post.unsqueeze(0).matmul(values.all()).div(divisor).reshape(-1)));
  }

  private static double[] doubles(Tensor tensor) {
    float[] floats = tensor.toFloats();
    double[] numbers = new double[floats.length];
    java.util.Arrays.setAll(numbers, i -> floats[i]);
    return numbers;
  }

  private static double[] plus(double[] a, float[] b) {
    double[] sum = new double[a.length];
    java.util.Arrays.setAll(sum, i -> a[i] + b[i]);
    return sum;
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = new double[a.length];
    java.util.Arrays.setAll(difference, i -> a[i] - b[i]);
    return difference;
  }

  private static double distance(double[] a, double[] b) {
    return java.util.Arrays.stream(minus(a, b)).map(Math::abs).max().orElse(0);
  }
}
