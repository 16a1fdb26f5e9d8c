package io.lexiscope.analysis.study;

import io.lexiscope.analysis.attention.HeadLayer;
import io.lexiscope.analysis.attention.HeadSide;
import io.lexiscope.analysis.flow.FlowEffects;
import io.lexiscope.analysis.flow.FlowGraph;
import io.lexiscope.analysis.flow.FlowKind;
import io.lexiscope.analysis.flow.FlowNode;
import io.lexiscope.analysis.flow.FlowQuestion;
import io.lexiscope.analysis.flow.FlowTracer;
import io.lexiscope.analysis.lens.VectorLens;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.TokenizerException;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/// Katz and Belinkov 2023: heads, values and blocks of GPT-2 on the two published prompts, and on
/// any model with those words the heads of the indirect object by contribution and by ablation.
public final class FlowGraphStudy implements Study {
  private static final double PERCENT = 0.02;
  private static final double NORM = 0.01;
  private static final int SURELY = 10;
  private static final double RANKS = 0.005;

  @Override
  public String name() {
    return "flow-graph";
  }

  @Override
  public String source() {
    return "Katz, Belinkov 2023, VISIT: Visualizing and Interpreting the Semantic Information Flow of Transformers, Findings of EMNLP, arXiv 2305.13417";
  }

  @Override
  public List<Step> checks(StudySubject subject) {
    LanguageModel model = subject.model();
    var published = PublishedFlow.of(model.architecture());
    List<Step> steps = new ArrayList<>();
    if (published.isPresent() && word(model, " Mary").isPresent()) {
      PublishedFlow.Size size = published.get();
      steps.add(new Step("final words", turns -> finals(model, size, turns)));
      if (size.name().equals("GPT-2 small")) {
        steps.add(new Step("blocks", turns -> blocks(model, turns)));
        steps.add(new Step("heads", turns -> heads(model, turns)));
      }
    } else {
      steps.add(
          new Step(
              "published graphs",
              _ ->
                  List.of(
                      StudyCheck.notApplicable(
                          "heads and blocks of GPT-2 on the indirect object and the capital of Japan",
                          "“ Mary” 44.603 %; heads 9.9, 9.6, 10.7, 11.10",
                          "needs the real weights of GPT-2 small, medium or XL, which this model has not; pull openai-community/gpt2 and repeat"))));
    }
    steps.add(new Step("contribution and ablation", turns -> strongest(model, turns)));
    return steps;
  }

  /// The id of a word that is one token; empty for others.
  private static OptionalInt word(LanguageModel model, String text) {
    try {
      return OptionalInt.of(model.tokenizer().idOf(text));
    } catch (TokenizerException none) {
      return OptionalInt.empty();
    }
  }

  private static TokenIds ids(LanguageModel model, String text) {
    return model.tokenizer().encode(text).ids();
  }

  private static List<StudyCheck> finals(
      LanguageModel model, PublishedFlow.Size size, Turns turns) {
    List<StudyCheck> checks = new ArrayList<>();
    turns.run(
        () -> {
          checks.add(last(model, PublishedFlow.INDIRECT_OBJECT, " Mary", size.mary()));
          checks.add(last(model, PublishedFlow.CAPITAL, " Tokyo", size.tokyo()));
        });
    return checks;
  }

  private static StudyCheck last(
      LanguageModel model, String prompt, String target, double published) {
    try (Run run = model.run(ids(model, prompt), Recording.nothing())) {
      double probability = 100 * run.logits(-1).probability(word(model, target).orElseThrow());
      return percent("“" + target + "” after “" + prompt + "”", published, probability);
    }
  }

  private static StudyCheck percent(String name, double published, double measured) {
    return StudyCheck.of(
        name,
        number(published) + " %",
        number(measured) + " %",
        Math.abs(published - measured) <= PERCENT,
        "within ± " + PERCENT);
  }

  private static StudyCheck norm(String name, double published, double measured) {
    return StudyCheck.of(
        name,
        number(published),
        number(measured),
        Math.abs(published - measured) <= NORM,
        "within ± " + NORM);
  }

  private static StudyCheck rank(String name, int published, int measured) {
    double allowed = published <= SURELY ? 0 : RANKS * published;
    return StudyCheck.of(
        name,
        String.format(Locale.ROOT, "%,d", published),
        String.format(Locale.ROOT, "%,d", measured),
        Math.abs(published - measured) <= allowed,
        published <= SURELY ? "exact" : "within 0.5 %");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static VectorReading read(LanguageModel model, Tensor vector, int target) {
    return VectorLens.of(model)
        .read(vector.unsqueeze(0), ReadingRequest.words(1, 0).andTargets(List.of(target)))
        .getFirst();
  }

  private static List<StudyCheck> blocks(LanguageModel model, Turns turns) {
    List<StudyCheck> checks = new ArrayList<>();
    turns.run(
        () -> {
          int mary = word(model, " Mary").orElseThrow();
          TokenIds ids = ids(model, PublishedFlow.INDIRECT_OBJECT);
          FlowTracer tracer = FlowTracer.of(model);
          try (Run run = model.run(ids, tracer.visitRecording(ids.size()))) {
            int last = ids.size() - 1;
            int layers = model.architecture().layers();
            for (PublishedFlow.Layer layer : PublishedFlow.layers()) {
              int at = layer.layer();
              TensorScope.tidyRun(
                  () -> {
                    var attended =
                        read(model, run.activation(HookPoint.ATTN_OUT.at(at), last), mary);
                    var output =
                        read(
                            model,
                            run.activation(
                                at == layers - 1
                                    ? HookPoint.RESID_POST.at(at)
                                    : HookPoint.RESID_PRE.at(at + 1),
                                last),
                            mary);
                    var input = read(model, run.activation(HookPoint.RESID_PRE.at(at), last), mary);
                    String where = "layer " + at + ": ";
                    checks.add(norm(where + "length of its input", layer.input(), input.norm()));
                    checks.add(
                        norm(
                            where + "length of attention", layer.attentionNorm(), attended.norm()));
                    checks.add(
                        rank(
                            where + "rank of “ Mary” in attention",
                            layer.attentionRank(),
                            attended.targets().getFirst().rank()));
                    checks.add(
                        rank(
                            where + "rank of “ Mary” in its output",
                            layer.outputRank(),
                            output.targets().getFirst().rank()));
                  });
            }
          }
        });
    return checks;
  }

  private static List<StudyCheck> heads(LanguageModel model, Turns turns) {
    List<StudyCheck> checks = new ArrayList<>();
    turns.run(
        () -> {
          int mary = word(model, " Mary").orElseThrow();
          TokenIds ids = ids(model, PublishedFlow.INDIRECT_OBJECT);
          FlowTracer tracer = FlowTracer.of(model);
          try (Run run = model.run(ids, tracer.visitRecording(ids.size()))) {
            int last = ids.size() - 1;
            for (PublishedFlow.Head head : PublishedFlow.heads()) {
              TensorScope.tidyRun(
                  () -> {
                    Tensor wrote =
                        HeadLayer.of(run, head.layer())
                            .outputs(List.of(last))
                            .select(0, 0)
                            .select(0, head.head());
                    var reading = read(model, wrote, mary);
                    String name = "head " + head.layer() + "." + head.head() + ": ";
                    checks.add(norm(name + "length", head.norm(), reading.norm()));
                    checks.add(
                        percent(
                            name + "“ Mary”",
                            head.probability(),
                            100 * reading.targets().getFirst().probability()));
                    checks.add(
                        rank(
                            name + "rank of “ Mary”",
                            head.rank(),
                            reading.targets().getFirst().rank()));
                  });
            }
            TensorScope.tidyRun(
                () -> {
                  HeadLayer ten = HeadLayer.of(run, 10);
                  var key =
                      read(
                          model,
                          HeadSide.query(ten, 7, last).back(HeadSide.key(ten, 7, 1).turned()),
                          mary);
                  checks.add(
                      percent(
                          "head 10.7: the key that “ Mary” makes, as “ Mary”",
                          99.497,
                          100 * key.targets().getFirst().probability()));
                });
          }
        });
    return checks;
  }

  private static final String STRONGEST =
      "top three heads of the indirect object by contribution among the top three by ablation";

  private static List<StudyCheck> strongest(LanguageModel model, Turns turns) {
    OptionalInt mary = word(model, " Mary");
    OptionalInt john = word(model, " John");
    if (mary.isEmpty() || john.isEmpty()) {
      return List.of(
          StudyCheck.notApplicable(
              STRONGEST,
              "at least 2",
              "“ Mary” and “ John” are not words of this model; take one that reads English"));
    }
    TokenIds ids = ids(model, PublishedFlow.INDIRECT_OBJECT);
    FlowTracer tracer = FlowTracer.of(model);
    FlowQuestion question =
        new FlowQuestion(
            mary.getAsInt(),
            john.getAsInt(),
            ids.size() - 1,
            new FlowQuestion.Span(0, model.architecture().layers() - 1),
            new FlowQuestion.Limits(1, 0, /* heads= */ 1000, /* neurons= */ 0, /* words= */ 1));
    List<FlowGraph> graphs = new ArrayList<>();
    turns.run(
        () -> {
          try (Run run = model.run(ids, tracer.recording(ids.size()))) {
            graphs.add(tracer.heads(run, question));
          }
        });
    FlowEffects effects =
        FlowEffects.measure(model, ids, graphs.getFirst(), question, StudyTurn.of(turns));
    Map<String, Double> off = new HashMap<>();
    effects.nodes().forEach(effect -> off.put(effect.id(), effect.logits()));
    List<FlowNode> heads =
        graphs.getFirst().nodes().stream().filter(node -> node.kind() == FlowKind.HEAD).toList();
    List<FlowNode> byPush =
        first(heads, Comparator.comparingDouble(node -> -(node.push() == null ? 0 : node.push())));
    List<FlowNode> byEffect =
        first(heads, Comparator.comparingDouble(node -> -off.getOrDefault(node.id(), 0.0)));
    long both = byPush.stream().filter(byEffect::contains).count();
    String measured =
        both
            + ": by contribution "
            + names(byPush)
            + ", by ablation "
            + names(byEffect)
            + (effects.correlation() == null
                ? ""
                : String.format(
                    Locale.ROOT,
                    "; correlation of contribution and effect %.2f",
                    effects.correlation()));
    return List.of(
        StudyCheck.of(
            STRONGEST,
            "at least 2",
            measured,
            both >= 2,
            "each head of the last position switched off in a pass of its own, “ Mary” over “ John”"));
  }

  private static List<FlowNode> first(List<FlowNode> heads, Comparator<FlowNode> by) {
    return heads.stream().sorted(by).limit(3).toList();
  }

  private static String names(List<FlowNode> heads) {
    return String.join(", ", heads.stream().map(FlowNode::label).toList());
  }
}
