package io.lexiscope.workbench.invert;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.analysis.inversion.ActivationMetric;
import io.lexiscope.model.site.ActivationConvention;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ResultHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The inputs that share an activation.
///
/// @param header what every result on a prompt carries
/// @param query the activation
/// @param convention what counts as the activation
/// @param conventionMeaning the same in words
/// @param metric how far apart two activations are
/// @param epsilon bound of the set
/// @param reader how members were looked for
/// @param match at which position of other inputs
/// @param among what was looked among, in words
/// @param inputs how many that were
/// @param size how many of them are members
/// @param exact whether all inputs there are were looked at; otherwise the size is that of a sample
/// @param acceptance share of the inputs looked at that are members
/// @param samples members drawn at random, then the nearest inputs outside, each by rising distance
/// @param own the texts that were asked about
/// @param features what the set shares with the query
/// @param curve the set by rising bound
/// @param places all places asked for, in order
/// @param swap what became of the answer; absent where it was not asked for
/// @param explained how much the features explain; absent where it was not asked for
/// @param seconds it took
public record InvertResult(
    @JsonUnwrapped ResultHeader header,
    InvertQueryView query,
    ActivationConvention convention,
    String conventionMeaning,
    ActivationMetric metric,
    double epsilon,
    InvertReader reader,
    PositionMatch match,
    String among,
    int inputs,
    int size,
    boolean exact,
    double acceptance,
    List<InvertSample> samples,
    List<InvertSample> own,
    List<InvertFeature> features,
    List<InvertCurvePoint> curve,
    List<InvertSiteView> places,
    @Nullable InvertSwapView swap,
    @Nullable InvertExplained explained,
    double seconds)
    implements Result {
  /// Copies the lists.
  public InvertResult {
    samples = List.copyOf(samples);
    own = List.copyOf(own);
    features = List.copyOf(features);
    curve = List.copyOf(curve);
    places = List.copyOf(places);
  }

  @Override
  public String method() {
    return "What inputs with nearly the same activation have in common says what can be told from it;"
        + " whether the model uses it is said by the swaps alone, and what no feature names is not"
        + " seen.";
  }
}
