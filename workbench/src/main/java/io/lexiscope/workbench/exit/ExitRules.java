package io.lexiscope.workbench.exit;

import io.lexiscope.analysis.exit.ConfidenceRule;
import io.lexiscope.analysis.exit.LearnedRule;
import io.lexiscope.analysis.exit.LinearProbe;
import io.lexiscope.analysis.exit.Overlap;
import io.lexiscope.analysis.exit.ProbeRule;
import io.lexiscope.analysis.exit.SubUpdateClusters;
import io.lexiscope.analysis.exit.SubUpdateRule;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.generate.EarlyExit;
import io.lexiscope.workbench.ask.LateKeys;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.shelf.OpenModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rules for early exit from and to what people write and keep.
public final class ExitRules {
  private static final String CONFIDENCE = "confidence:";

  /// A threshold that no probability reaches, for layers that are not read.
  private static final double NEVER = 2;

  private ExitRules() {}

  /// A rule and what it is called.
  public record Named(String name, EarlyExit early) {}

  /// The rule of a request for a continuation; null where there is none.
  ///
  /// @throws WorkbenchException of kind `invalid` where it is no rule, or one of another model
  public static @Nullable Named of(io.lexiscope.workbench.ask.Decoding decoding, OpenModel open) {
    String asked = decoding.earlyExit();
    if (asked == null) {
      if (decoding.lateKeys() != null) {
        throw WorkbenchException.invalid(
            "lateKeys", "generate: expected lateKeys with earlyExit, got them without");
      }
      return null;
    }
    String text = asked.strip();
    var late = late(decoding.lateKeys());
    if (text.startsWith("{")) {
      ExitRuleFile file = ViewJson.read(text, ExitRuleFile.class);
      return new Named(file.rule(), new EarlyExit(rule(file, open), late));
    }
    return new Named(text, new EarlyExit(byName(text, open.model()), late));
  }

  /// How skipped layers get keys and values.
  static io.lexiscope.model.forward.LateKeys late(@Nullable LateKeys asked) {
    return asked == LateKeys.COPIED
        ? io.lexiscope.model.forward.LateKeys.COPIED
        : io.lexiscope.model.forward.LateKeys.EXACT;
  }

  private static LearnedRule byName(String text, LanguageModel model) {
    if (text.equals("oracle")) {
      throw WorkbenchException.invalid(
          "earlyExit",
          "generate: expected a rule for early exit, got oracle; it leaves where the answer has"
              + " settled, which only the whole network knows");
    }
    if (text.startsWith(CONFIDENCE)) {
      try {
        double threshold = Double.parseDouble(text.substring(CONFIDENCE.length()));
        if (threshold > 0 && threshold <= 1) {
          return ConfidenceRule.of(threshold, model.architecture().layers());
        }
      } catch (NumberFormatException notANumber) {
        // Refused below, with what was expected.
      }
    }
    throw WorkbenchException.invalid(
        "earlyExit",
        "generate: expected early exit by confidence:P with P above 0 and up to 1, or by a rule"
            + " that 'exit -o FILE' wrote, got "
            + (text.length() > 60 ? text.substring(0, 60) + "…" : text));
  }

  /// A rule as it is kept.
  static ExitRuleFile file(String name, LearnedRule rule, OpenModel open) {
    var provenance = open.provenance(/* seed= */ null);
    return new ExitRuleFile(
        ExitRuleFile.VERSION,
        provenance.model(),
        open.identity().key(),
        name,
        rule instanceof ConfidenceRule confidence ? confidence(confidence) : null,
        rule instanceof ProbeRule probes ? probes(probes) : null,
        rule instanceof SubUpdateRule memory ? memory(memory) : null);
  }

  private static List<Double> confidence(ConfidenceRule rule) {
    return DoubleStream.of(rule.thresholds()).map(t -> t <= 1 ? t : NEVER).boxed().toList();
  }

  private static ExitProbes probes(ProbeRule rule) {
    return new ExitProbes(
        rule.threshold(),
        rule.probes().stream()
            .map(
                probe -> {
                  float[] weights = probe.weights();
                  return IntStream.range(0, weights.length)
                      .mapToObj(i -> (double) weights[i])
                      .toList();
                })
            .toList(),
        rule.probes().stream().map(LinearProbe::bias).toList());
  }

  private static ExitMemory memory(SubUpdateRule rule) {
    SubUpdateClusters clusters = Objects.requireNonNull(rule.clusters(), "made for generation");
    List<List<Integer>> ids = new ArrayList<>();
    for (int layer = 0; layer < clusters.layers(); layer++) {
      ids.add(Arrays.stream(clusters.ofLayer(layer)).boxed().toList());
    }
    List<ExitMemoryLayer> layers = new ArrayList<>();
    for (int layer = 0; layer < clusters.layers() - 1; layer++) {
      List<List<int[]>> groups = rule.groups(layer);
      List<ExitMemoryExample> examples = new ArrayList<>();
      for (int later = 0; later < groups.size(); later++) {
        for (int[] row : groups.get(later)) {
          examples.add(new ExitMemoryExample(layer + later, Arrays.stream(row).boxed().toList()));
        }
      }
      layers.add(new ExitMemoryLayer(examples));
    }
    return new ExitMemory(rule.overlap() == Overlap.RANK, ids, layers);
  }

  /// A rule that was kept.
  private static LearnedRule rule(ExitRuleFile file, OpenModel open) {
    if (file.version() != ExitRuleFile.VERSION) {
      throw wrong("version " + ExitRuleFile.VERSION, "version " + file.version());
    }
    if (!file.weightHash().equals(open.identity().key())) {
      throw wrong(
          "one learned on the weights of " + open.name(),
          "one learned on other weights, of " + file.model());
    }
    int layers = open.model().architecture().layers();
    if (file.confidence() != null) {
      requireLayers(layers - 1, file.confidence().size());
      return ConfidenceRule.of(file.confidence().stream().mapToDouble(d -> d).toArray());
    }
    if (file.probes() != null) {
      return probes(file.probes(), open.model());
    }
    if (file.subUpdates() != null) {
      return memory(file.subUpdates(), open.model());
    }
    throw wrong("confidence, probes or subUpdates", "none of them");
  }

  private static ProbeRule probes(ExitProbes probes, LanguageModel model) {
    requireLayers(model.architecture().layers() - 1, probes.weights().size());
    requireLayers(model.architecture().layers() - 1, probes.biases().size());
    List<LinearProbe> made = new ArrayList<>();
    for (int layer = 0; layer < probes.weights().size(); layer++) {
      List<Double> given = probes.weights().get(layer);
      if (given.size() != model.architecture().dModel()) {
        throw wrong(
            "%d weights at layer %d".formatted(model.architecture().dModel(), layer),
            String.valueOf(given.size()));
      }
      float[] weights = new float[given.size()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = given.get(i).floatValue();
      }
      made.add(new LinearProbe(weights, probes.biases().get(layer)));
    }
    return new ProbeRule(made, probes.threshold());
  }

  private static SubUpdateRule memory(ExitMemory memory, LanguageModel model) {
    int layers = model.architecture().layers();
    SubUpdateClusters clusters =
        SubUpdateClusters.of(model, memory.clusters().stream().map(ExitRules::ints).toList());
    requireLayers(layers - 1, memory.layers().size());
    List<List<List<int[]>>> groups = new ArrayList<>();
    for (int layer = 0; layer < layers - 1; layer++) {
      List<List<int[]>> here = new ArrayList<>();
      for (int later = layer; later < layers; later++) {
        here.add(new ArrayList<>());
      }
      for (ExitMemoryExample example : memory.layers().get(layer).examples()) {
        if (example.saturation() < layer || example.saturation() >= layers) {
          throw wrong(
              "examples that saturate from layer %d to %d".formatted(layer, layers - 1),
              String.valueOf(example.saturation()));
        }
        here.get(example.saturation() - layer).add(ints(example.clusters()));
      }
      groups.add(here);
    }
    return SubUpdateRule.of(groups, memory.ranked() ? Overlap.RANK : Overlap.SET, clusters);
  }

  private static int[] ints(List<Integer> numbers) {
    if (numbers.stream().anyMatch(number -> number < 0)) {
      throw wrong("clusters from 0", "a negative one");
    }
    return numbers.stream().mapToInt(number -> number).toArray();
  }

  private static void requireLayers(int expected, int got) {
    if (got != expected) {
      throw wrong(expected + " layers", String.valueOf(got));
    }
  }

  private static WorkbenchException wrong(String expected, String got) {
    return WorkbenchException.invalid(
        "earlyExit",
        "early exit: expected a rule with %s, got %s; write one with 'exit -o FILE' for this model"
            .formatted(expected, got));
  }
}
