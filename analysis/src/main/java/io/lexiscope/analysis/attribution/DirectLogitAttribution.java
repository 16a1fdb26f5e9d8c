package io.lexiscope.analysis.attribution;

import io.lexiscope.analysis.attribution.Attribution.Balance;
import io.lexiscope.analysis.attribution.Attribution.Subject;
import io.lexiscope.analysis.attribution.AttributionQuery.Reference;
import io.lexiscope.analysis.lens.FinalNorm;
import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Head;
import io.lexiscope.model.config.SoftCap;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.Position;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.tensor.TensorScope;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Splits a logit into what each component adds to it directly, through the residual stream and the
/// final norm alone.
///
/// The final norm is held at the scale it had, so that it is linear and the parts sum to the logit;
/// the norms after attention and MLP (Gemma 2 and 3, OLMo 2) likewise. Where the model squeezes its
/// logits (Gemma 2), the logit before the squeeze is explained, and the result says so.
///
/// A logit is explained above its mean over the vocabulary: what all words get alike softmax does
/// not see, and parts that give it would look like parts that raise the word.
///
/// ```java
/// var attribution = DirectLogitAttribution.of(model);
/// var query = AttributionQuery.of(" Mary").against(" John");
/// try (Run run = model.run(prompt, attribution.recording(query))) {
///   attribution.explain(run, query).strongest(3); // [L4H1 +3.210, MLP 5 +1.044, …]
/// }
/// ```
///
/// @see <a href="https://arxiv.org/abs/2209.10652">Elhage et al. 2021/22</a>, direct logit
///   attribution; the frozen scale as in TransformerLens' `apply_ln_to_stack`
public final class DirectLogitAttribution {
  private final LanguageModel model;
  private final LensConvention convention;

  private DirectLogitAttribution(LanguageModel model, LensConvention convention) {
    this.model = model;
    this.convention = convention;
    Architecture architecture = model.architecture();
    if (!(architecture.output().head() instanceof Head.Language)) {
      throw new AttributionException(
          "attribution: expected a model with a language head that is linear after the final norm,"
              + " got family "
              + architecture.family());
    }
    if (architecture.block().wiring() == Wiring.POST_NORM) {
      throw new AttributionException(
          "attribution: expected a residual stream that components only add to, got norms inside"
              + " the stream of family "
              + architecture.family());
    }
  }

  /// Attribution at the scale the final norm had in the run, at whichever stream is read.
  ///
  /// @throws AttributionException if the model has no linear language head, or norms inside its
  ///   residual stream (BERT, OPT-350m)
  public static DirectLogitAttribution of(LanguageModel model) {
    return of(model, LensConvention.FROZEN_SCALE);
  }

  /// Attribution by another convention: FINAL_NORM holds the final norm at the scale of the stream
  /// that is read, and so explains the logit that lens shows there; RAW leaves the norm out.
  ///
  /// @throws AttributionException as above
  public static DirectLogitAttribution of(LanguageModel model, LensConvention convention) {
    return new DirectLogitAttribution(model, convention);
  }

  /// What a run must record for a query.
  public Recording recording(AttributionQuery query) {
    Architecture architecture = model.architecture();
    Set<HookPoint> points =
        EnumSet.of(HookPoint.EMBED, HookPoint.POS_EMBED, HookPoint.Z, HookPoint.MLP_OUT);
    if (query.neurons() > 0) {
      points.add(HookPoint.MLP_POST);
    }
    if (architecture.block().wiring() == Wiring.SANDWICH
        || architecture.block().wiring() == Wiring.OUTPUT_NORM) {
      points.add(HookPoint.ATTN_MODULE_OUT);
      points.add(HookPoint.MLP_MODULE_OUT);
    }
    for (Intervention intervention : model.interventions().list()) {
      points.addAll(besides(intervention.target().place().point()));
    }
    Recording recording =
        Recording.of(points.toArray(HookPoint[]::new)).and(Recording.of(List.of(stream(query))));
    return (convention == LensConvention.FROZEN_SCALE
            ? recording.and(Recording.of(List.of(FinalNorm.of(model).scale())))
            : recording)
        .at(query.position());
  }

  /// What is needed to tell an intervention's effect from the components'.
  private static Set<HookPoint> besides(HookPoint changed) {
    return switch (changed) {
      case RESULT -> EnumSet.of(HookPoint.RESULT);
      case ATTN_MODULE_OUT, ATTN_OUT, LN1_SCALE, LN1_NORMALIZED -> EnumSet.of(HookPoint.ATTN_OUT);
      case RESID_PRE, RESID_MID, RESID_POST ->
          EnumSet.of(
              HookPoint.RESID_PRE, HookPoint.RESID_MID, HookPoint.RESID_POST, HookPoint.ATTN_OUT);
      default -> EnumSet.noneOf(HookPoint.class);
    };
  }

  private HookName stream(AttributionQuery query) {
    HookName last = HookPoint.RESID_POST.at(model.architecture().layers() - 1);
    @Nullable HookName asked = query.at();
    if (asked == null) {
      return last;
    }
    boolean isStream =
        switch (asked.point()) {
          case RESID_PRE, RESID_POST -> true;
          case RESID_MID -> !model.architecture().block().wiring().parallel();
          default -> false;
        };
    if (!isStream || asked.requireLayer() >= model.architecture().layers()) {
      throw new AttributionException(
          "attribution: expected a residual stream of one of %d layers, such as %s, got %s"
              .formatted(model.architecture().layers(), last, asked));
    }
    return asked;
  }

  /// Splits one logit.
  ///
  /// @throws AttributionException if the stream or the position does not exist
  /// @throws io.lexiscope.analysis.lens.LensException if a word is not one of the vocabulary
  /// @throws io.lexiscope.model.hook.HookException if the run did not record what [#recording] asks
  ///   for
  public Attribution explain(Run run, AttributionQuery query) {
    if (run.model().transformer() != model.transformer()) {
      throw new AttributionException(
          "attribution: expected a run of the model in %s, got one of %s"
              .formatted(model.folder(), run.model().folder()));
    }
    int position = Position.from0(query.position(), run.length());
    if (position < 0 || position >= run.length()) {
      throw new AttributionException(
          "attribution: expected a position from %d to %d, got %d"
              .formatted(-run.length(), run.length() - 1, query.position()));
    }
    Subject subject =
        new Subject(
            stream(query),
            position,
            query.target().resolve(model),
            query.reference() instanceof Reference.Foil foil ? foil.word().resolve(model) : null,
            query.reference() instanceof Reference.Mean ? Baseline.MEAN : Baseline.NONE);
    return TensorScope.tidy(
        () -> {
          LogitMap map = LogitMap.of(run, subject, convention);
          List<Contribution> contributions =
              new ComponentSum(run, subject, map.direction()).of(query.neurons());
          contributions.addAll(map.biases());
          double sum = contributions.stream().mapToDouble(Contribution::logits).sum();
          double logit = map.logit();
          return new Attribution(
              subject,
              convention,
              contributions,
              new Balance(
                  sum,
                  logit,
                  Math.abs(sum - logit),
                  LogitMap.ofMean(run, subject, convention).logit()),
              softCap());
        });
  }

  private SoftCap softCap() {
    return model.architecture().output().head() instanceof Head.Language language
        ? language.softCap()
        : new SoftCap.None();
  }
}
