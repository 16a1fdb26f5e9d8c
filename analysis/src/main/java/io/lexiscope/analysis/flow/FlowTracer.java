package io.lexiscope.analysis.flow;

import io.lexiscope.analysis.attention.HeadLayer;
import io.lexiscope.analysis.attention.HeadPaths;
import io.lexiscope.analysis.attention.StreamWriters;
import io.lexiscope.analysis.attention.TargetDirection;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// Makes graphs of runs.
///
/// ```
/// var tracer = FlowTracer.of(model);
/// try (Run run = model.run(prompt, tracer.recording(prompt.size()))) {
///   FlowGraph graph = tracer.trace(run, question);
///   graph.totals().through(); // 0.81: what of the prediction passes through what is shown
/// }
/// ```
///
/// Influence follows values: the patterns of attention are held as they were. Norms are held at
/// their scales.
///
/// @see <a href="https://arxiv.org/abs/2305.13417">Katz and Belinkov 2023</a>, the picture; the
///   pruning by cumulative influence as in attribution graphs (Ameisen et al. 2025)
public final class FlowTracer {
  /// Longest prompt of which every neuron of every position is kept.
  private static final int NEURONS_KEPT = 512;

  private final LanguageModel model;

  private FlowTracer(LanguageModel model) {
    this.model = model;
  }

  /// A tracer of a model's runs.
  ///
  /// @throws FlowException if positions see later ones
  /// @throws io.lexiscope.analysis.attention.AttentionException if norms lie inside the residual
  ///   stream (BERT, OPT-350m)
  public static FlowTracer of(LanguageModel model) {
    if (!model.architecture().causal()) {
      throw new FlowException(
          "flow: expected a model that reads from left to right, got family %s; ask for its lens"
              .formatted(model.architecture().family()));
    }
    StreamWriters.requireSums(model);
    return new FlowTracer(model);
  }

  /// What a run must record.
  ///
  /// @param length positions of the prompt; of long ones the neurons of the last position only
  public Recording recording(int length) {
    Recording neurons = Recording.of(HookPoint.MLP_POST);
    Recording points =
        HeadLayer.recording(model)
            .and(Recording.of(TargetDirection.places(model)))
            .and(
                Recording.of(
                    HookPoint.EMBED, HookPoint.POS_EMBED, HookPoint.RESID_PRE, HookPoint.MLP_OUT))
            .and(Recording.of(List.of(HookPoint.RESID_POST.at(model.architecture().layers() - 1))));
    if (!model.architecture().block().wiring().parallel()) {
      points = points.and(Recording.of(HookPoint.RESID_MID));
    }
    return points.and(length <= NEURONS_KEPT ? neurons : neurons.at(-1));
  }

  /// The graph of a prediction.
  ///
  /// @throws FlowException if a position or layer does not exist
  /// @throws io.lexiscope.model.hook.HookException if the run did not record what [#recording] says
  public FlowGraph trace(Run run, FlowQuestion question) {
    return trace(run, question, Set.of());
  }

  /// The graph of a prediction, with some writers whatever their influence.
  ///
  /// @param also their ids
  /// @throws FlowException if a position or layer does not exist
  public FlowGraph trace(Run run, FlowQuestion question, Set<String> also) {
    return with(
        run,
        question,
        (target, sweep) ->
            new FlowBuilder(run, question, sweep, also)
                .graph(target.at(run, question.position()), target.constant()));
  }

  /// The ids of the writers that [#trace] shows.
  ///
  /// @throws FlowException if a position or layer does not exist
  public Set<String> shown(Run run, FlowQuestion question) {
    return with(
        run,
        question,
        (_, sweep) ->
            FlowChoice.shown(
                    FlowChoice.all(sweep, model.architecture().layers(), question.position()),
                    question)
                .stream()
                .map(FlowWriter::id)
                .collect(Collectors.toSet()));
  }

  /// The heads at the position of the prediction that rest on the first position, the attention
  /// sink: more than half of their attention lies there, and less than half of what they write
  /// comes from there.
  ///
  /// @throws FlowException if a position does not exist
  public List<FlowSink> sinks(Run run, FlowQuestion question) {
    require("position", question.position(), run.length());
    List<FlowSink> sinks = new ArrayList<>();
    if (question.position() == 0) {
      return sinks;
    }
    List<Integer> here = List.of(question.position());
    for (int layer = 0; layer < model.architecture().layers(); layer++) {
      int at = layer;
      TensorScope.tidyRun(
          () -> {
            HeadLayer attention = HeadLayer.of(run, at);
            Tensor pattern = attention.pattern(here);
            Tensor along = ValueShares.along(attention, here).abs();
            float[] weights = pattern.narrow(2, 0, 1).toFloats();
            float[] first = along.narrow(2, 0, 1).toFloats();
            float[] all = along.sum(-1, /* keepAxis= */ false).toFloats();
            for (int head = 0; head < weights.length; head++) {
              double share = all[head] > 0 ? first[head] / (double) all[head] : 0;
              if (weights[head] > 0.5 && share < 0.5) {
                sinks.add(new FlowSink(at, head, weights[head], share));
              }
            }
          });
    }
    return sinks;
  }

  /// How what a node wrote reaches the prediction through one layer.
  ///
  /// @param from id of an embedding, a head or an MLP
  /// @param layer from 0, not before the node's own
  /// @throws FlowException if there is no such node or layer
  public FlowLoadings loadings(Run run, FlowQuestion question, String from, int layer) {
    require("position", question.position(), run.length());
    require("layer", layer, model.architecture().layers());
    FlowWriter writer = FlowWriter.parse(from, run);
    if (writer.into(model.architecture().block().wiring().parallel()) > 2 * layer) {
      throw new FlowException(
          "flow: expected a layer after %s, got %d; what it writes is read by later layers only"
              .formatted(from, layer));
    }
    return TensorScope.tidy(
        () -> {
          Tensor direction =
              new TargetDirection(model, question.target(), question.against())
                  .at(run, question.position());
          Tensor wrote = writer.vector(run).reshape(1, -1);
          int there = question.position();
          Tensor through =
              new HeadPaths(HeadLayer.of(run, layer), writer.position(), there).through(wrote);
          List<Double> heads = new ArrayList<>();
          for (float part : through.squeeze(1).matmul(direction).toFloats()) {
            heads.add((double) part);
          }
          double bypass =
              writer.position() == there ? wrote.reshape(-1).mul(direction).sum().item() : 0;
          return new FlowLoadings(
              from,
              layer,
              bypass,
              heads,
              bypass + heads.stream().mapToDouble(Double::doubleValue).sum());
        });
  }

  /// Every head at the position of the prediction, with what it adds to the target and the share of
  /// the prediction that passes through it, without words and edges.
  ///
  /// @throws FlowException if a position does not exist
  public FlowGraph heads(Run run, FlowQuestion question) {
    return with(
        run,
        question,
        (target, sweep) -> new FlowHeads(run, question, sweep).graph(logit(run, question, target)));
  }

  /// The target's logit relative to the mean word or the foil, before any soft cap.
  private double logit(Run run, FlowQuestion question, TargetDirection target) {
    return run.activation(
                FlowStreams.place(run, 2 * model.architecture().layers()), question.position())
            .mul(target.at(run, question.position()))
            .sum()
            .item()
        + target.constant();
  }

  /// What a run must record for [#visit].
  ///
  /// @param length positions of the prompt
  public Recording visitRecording(int length) {
    return recording(length)
        .and(Recording.of(HookPoint.Q, HookPoint.K, HookPoint.LN1_SCALE, HookPoint.ATTN_OUT));
  }

  /// The published picture of the layers asked for, at one position: heads by length before W_O,
  /// positions by attention, the most positive and negative neurons; widths and colours as
  /// published. Of 10 heads or more, at position 1 or later, with both biases, a sequential block
  /// has 147 nodes and 217 edges.
  ///
  /// @throws FlowException if a position or layer does not exist
  public FlowGraph visit(Run run, FlowQuestion question) {
    return with(
        run,
        question,
        (target, sweep) ->
            new VisitBuilder(run, question, sweep).graph(logit(run, question, target)));
  }

  private <T> T with(
      Run run, FlowQuestion question, BiFunction<TargetDirection, FlowSweep, T> use) {
    require("position", question.position(), run.length());
    require("layer", question.span().first(), model.architecture().layers());
    require("layer", question.span().last(), model.architecture().layers());
    return TensorScope.tidy(
        () -> {
          TargetDirection target =
              new TargetDirection(model, question.target(), question.against());
          return use.apply(
              target, FlowSweep.of(run, question.position(), target.at(run, question.position())));
        });
  }

  private static void require(String what, int index, int count) {
    if (index < 0 || index >= count) {
      throw new FlowException(
          "flow: expected a %s from 0 to %d, got %d; choose one of them"
              .formatted(what, count - 1, index));
    }
  }
}
