package io.lexiscope.workbench;

import com.fasterxml.jackson.annotation.JsonValue;
import io.lexiscope.workbench.activations.ActivationsRequest;
import io.lexiscope.workbench.activations.ActivationsResult;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.attribution.AttributionRequest;
import io.lexiscope.workbench.attribution.AttributionResult;
import io.lexiscope.workbench.clusters.ClustersRequest;
import io.lexiscope.workbench.clusters.ClustersResult;
import io.lexiscope.workbench.compare.CompareRequest;
import io.lexiscope.workbench.compare.CompareResult;
import io.lexiscope.workbench.detox.DetoxRequest;
import io.lexiscope.workbench.detox.DetoxResult;
import io.lexiscope.workbench.events.EventsRequest;
import io.lexiscope.workbench.events.EventsResult;
import io.lexiscope.workbench.exit.ExitRequest;
import io.lexiscope.workbench.exit.ExitResult;
import io.lexiscope.workbench.ffn.FfnRequest;
import io.lexiscope.workbench.ffn.FfnResult;
import io.lexiscope.workbench.generate.GenerateRequest;
import io.lexiscope.workbench.generate.GenerateResult;
import io.lexiscope.workbench.job.JobsRequest;
import io.lexiscope.workbench.job.JobsResult;
import io.lexiscope.workbench.lens.LensRequest;
import io.lexiscope.workbench.lens.LensResult;
import io.lexiscope.workbench.models.HealthRequest;
import io.lexiscope.workbench.models.HealthResult;
import io.lexiscope.workbench.models.InfoRequest;
import io.lexiscope.workbench.models.InfoResult;
import io.lexiscope.workbench.models.ModelsRequest;
import io.lexiscope.workbench.models.ModelsResult;
import io.lexiscope.workbench.models.PullRequest;
import io.lexiscope.workbench.models.PullResult;
import io.lexiscope.workbench.neuron.NeuronRequest;
import io.lexiscope.workbench.neuron.NeuronResult;
import io.lexiscope.workbench.parity.ParityRequest;
import io.lexiscope.workbench.parity.ParityResult;
import io.lexiscope.workbench.score.ScoreRequest;
import io.lexiscope.workbench.score.ScoreResult;
import io.lexiscope.workbench.search.IndexRequest;
import io.lexiscope.workbench.search.IndexResult;
import io.lexiscope.workbench.search.SearchRequest;
import io.lexiscope.workbench.search.SearchResult;
import io.lexiscope.workbench.study.ReproduceRequest;
import io.lexiscope.workbench.study.ReproduceResult;
import io.lexiscope.workbench.tokens.CompleteRequest;
import io.lexiscope.workbench.tokens.CompleteResult;
import io.lexiscope.workbench.tokens.TokenizeRequest;
import io.lexiscope.workbench.tokens.TokenizeResult;
import io.lexiscope.workbench.train.EvaluateRequest;
import io.lexiscope.workbench.train.EvaluateResult;
import io.lexiscope.workbench.train.NewRequest;
import io.lexiscope.workbench.train.NewResult;
import io.lexiscope.workbench.train.TrainRequest;
import io.lexiscope.workbench.train.TrainResult;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What can be asked: the command-line verb, the end of the server's path and the pair of records
/// are one.
public enum Verb {
  /// Whether the workbench is up.
  HEALTH(HealthRequest.class, HealthResult.class),
  /// The models at hand.
  MODELS(ModelsRequest.class, ModelsResult.class),
  /// A model from the hub, into the cache.
  PULL(PullRequest.class, PullResult.class),
  /// What a model is.
  INFO(InfoRequest.class, InfoResult.class),
  /// The tokens of a text.
  TOKENIZE(TokenizeRequest.class, TokenizeResult.class),
  /// The words of the vocabulary that begin with a prefix.
  COMPLETE(CompleteRequest.class, CompleteResult.class),
  /// A continuation of a prompt.
  GENERATE(GenerateRequest.class, GenerateResult.class),
  /// The loss of a text.
  SCORE(ScoreRequest.class, ScoreResult.class),
  /// Activations in a file.
  ACTIVATIONS(ActivationsRequest.class, ActivationsResult.class),
  /// The distance to reference numbers.
  PARITY(ParityRequest.class, ParityResult.class),
  /// Vocabulary readings of hook points.
  LENS(LensRequest.class, LensResult.class),
  /// Which components wrote a word.
  ATTRIBUTION(AttributionRequest.class, AttributionResult.class),
  /// A prompt without and with interventions, side by side.
  COMPARE(CompareRequest.class, CompareResult.class),
  /// Which neuron pushed which word.
  FFN(FfnRequest.class, FfnResult.class),
  /// Value vectors set to make continuations less toxic, beside controls.
  DETOX(DetoxRequest.class, DetoxResult.class),
  /// What one neuron listens for and writes.
  NEURON(NeuronRequest.class, NeuronResult.class),
  /// What feed-forward parts do to leading words over a corpus.
  EVENTS(EventsRequest.class, EventsResult.class),
  /// A paper's study, taken again.
  REPRODUCE(ReproduceRequest.class, ReproduceResult.class),
  /// Vectors by the words they promote or suppress.
  SEARCH(SearchRequest.class, SearchResult.class),
  /// The index that is searched.
  INDEX(IndexRequest.class, IndexResult.class),
  /// Clusters of value vectors.
  CLUSTERS(ClustersRequest.class, ClustersResult.class),
  /// A model trained by a recipe.
  TRAIN(TrainRequest.class, TrainResult.class),
  /// A model with random weights.
  NEW(NewRequest.class, NewResult.class),
  /// The quality of a model on its task.
  EVALUATE(EvaluateRequest.class, EvaluateResult.class),
  /// Rules for leaving the network early, and what they save.
  EXIT(ExitRequest.class, ExitResult.class),
  /// The jobs known.
  JOBS(JobsRequest.class, JobsResult.class);

  private final Class<? extends Request<?>> request;
  private final Class<? extends Record> result;

  <R extends Record> Verb(Class<? extends Request<R>> request, Class<R> result) {
    this.request = request;
    this.result = result;
  }

  /// The verb of a name as it stands in a path or on the command line.
  public static Optional<Verb> named(String name) {
    return Arrays.stream(values()).filter(verb -> verb.verbName().equals(name)).findFirst();
  }

  /// The verb that a request asks for.
  public static Verb of(Request<?> request) {
    return Arrays.stream(values())
        .filter(verb -> verb.request() == request.getClass())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Verb.of: expected a request of a verb, got " + request.getClass()));
  }

  /// The name in a path and on the command line.
  @JsonValue
  public String verbName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether answering writes files where the request says.
  public boolean writes() {
    return switch (this) {
      case PULL, ACTIVATIONS, TRAIN, NEW, REPRODUCE -> true;
      default -> false;
    };
  }

  /// The request record.
  public Class<? extends Request<?>> request() {
    return request;
  }

  /// The result record.
  public Class<? extends Record> result() {
    return result;
  }
}
