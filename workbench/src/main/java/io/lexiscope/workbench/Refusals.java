package io.lexiscope.workbench;

import io.lexiscope.analysis.attention.AttentionException;
import io.lexiscope.analysis.attribution.AttributionException;
import io.lexiscope.analysis.cluster.ClusterException;
import io.lexiscope.analysis.detox.DetoxException;
import io.lexiscope.analysis.diff.DifferenceException;
import io.lexiscope.analysis.exit.ExitException;
import io.lexiscope.analysis.ffn.FfnException;
import io.lexiscope.analysis.flow.FlowException;
import io.lexiscope.analysis.inversion.InversionException;
import io.lexiscope.analysis.lens.LensException;
import io.lexiscope.analysis.patching.PatchException;
import io.lexiscope.analysis.separation.SeparationException;
import io.lexiscope.analysis.study.StudyException;
import io.lexiscope.analysis.survey.SurveyException;
import io.lexiscope.analysis.tracing.TracingException;
import io.lexiscope.hub.HubException;
import io.lexiscope.hub.HubProblem;
import io.lexiscope.index.IndexException;
import io.lexiscope.index.query.QueryException;
import io.lexiscope.model.ModelException;
import io.lexiscope.model.chat.ChatException;
import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.forward.ForwardException;
import io.lexiscope.model.generate.GenerationException;
import io.lexiscope.model.hook.HookException;
import io.lexiscope.model.intervene.InterventionException;
import io.lexiscope.model.place.PlaceException;
import io.lexiscope.model.place.PlaceKind;
import io.lexiscope.model.site.SiteException;
import io.lexiscope.model.tokenizer.TokenizerException;
import io.lexiscope.model.weights.WeightsException;
import io.lexiscope.train.TrainingException;
import io.lexiscope.train.recipe.RecipeException;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;

/// Tells exceptions about what was asked from mistakes of ours: the former become problems of kind
/// `invalid`, or of the kind that the hub gives, with their message as it is.
final class Refusals {
  private Refusals() {}

  /// The exception to answer with.
  static RuntimeException of(RuntimeException thrown) {
    return switch (thrown) {
      case HubException e -> refusal(e);
      case ConfigException e -> refusal("model", e);
      case WeightsException e -> refusal("model", e);
      case HookException e -> refusal("at", e);
      case PlaceException e -> refusal(field(e.kind()), e);
      case InterventionException e -> refusal("interventions", e);
      case TokenizerException e -> refusal("text", e);
      case ChatException e -> refusal("chat", e);
      case ForwardException e -> refusal("text", e);
      case GenerationException e -> refusal("n", e);
      case ModelException e -> refusal("text", e);
      case LensException e -> refusal("at", e);
      case IndexException e -> refusal("model", e);
      case QueryException e -> refusal("query", e);
      case ClusterException e -> refusal("k", e);
      case DifferenceException e -> refusal("other", e);
      case FfnException e -> refusal("neuron", e);
      case StudyException e -> refusal("paper", e);
      case RecipeException e -> refusal("recipe", e);
      case TrainingException e -> refusal("output", e);
      case DetoxException e -> refusal(e.argument(), e);
      case AttributionException e -> refusal("at", e);
      case AttentionException e -> refusal("heads", e);
      case FlowException e -> refusal("layers", e);
      case SurveyException e -> refusal("k", e);
      case ExitException e -> refusal("rule", e);
      case InversionException e -> refusal("text", e);
      case SiteException e -> refusal("at", e);
      case PatchException e -> refusal("at", e);
      case TracingException e -> refusal("at", e);
      case SeparationException e -> refusal("a", e);
      default -> thrown;
    };
  }

  private static String field(PlaceKind kind) {
    return switch (kind) {
      case NEURON -> "neuron";
      case POSITION -> "positions";
      case STEP -> "interventions";
      case ANY, HOOK, HEAD, HEAD_DIRECTION, BIAS, EXPERT, EXPERT_NEURON -> "at";
    };
  }

  private static WorkbenchException refusal(String field, RuntimeException thrown) {
    return new WorkbenchException(
        ProblemKind.INVALID, String.valueOf(thrown.getMessage()), field, thrown);
  }

  private static WorkbenchException refusal(HubException thrown) {
    return new WorkbenchException(
        kind(thrown.kind()), String.valueOf(thrown.getMessage()), thrown.field(), thrown);
  }

  private static ProblemKind kind(HubProblem problem) {
    return switch (problem) {
      case NOT_FOUND -> ProblemKind.NOT_FOUND;
      case INVALID -> ProblemKind.INVALID;
      case BUSY -> ProblemKind.BUSY;
      case CANCELLED -> ProblemKind.CANCELLED;
      case FAILED -> ProblemKind.FAILED;
    };
  }
}
