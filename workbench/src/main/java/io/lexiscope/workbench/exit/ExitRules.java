package io.lexiscope.workbench.exit;

import io.lexiscope.analysis.exit.ConfidenceRule;
import io.lexiscope.analysis.exit.ExitException;
import io.lexiscope.analysis.exit.ExitMemory;
import io.lexiscope.analysis.exit.ExitProbes;
import io.lexiscope.analysis.exit.LearnedRule;
import io.lexiscope.analysis.exit.ProbeRule;
import io.lexiscope.analysis.exit.SubUpdateRule;
import io.lexiscope.base.PlainText;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.LateKeys;
import io.lexiscope.model.generate.EarlyExit;
import io.lexiscope.workbench.ask.DecodingOptions;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.shelf.OpenModel;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
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
  public static @Nullable Named of(DecodingOptions decoding, OpenModel open) {
    String asked = decoding.earlyExit();
    if (asked == null) {
      if (decoding.lateKeys() != null) {
        throw WorkbenchException.invalid(
            "lateKeys", "generate: expected lateKeys with earlyExit, got them without");
      }
      return null;
    }
    String text = asked.strip();
    var late = Objects.requireNonNullElse(decoding.lateKeys(), LateKeys.EXACT);
    if (text.startsWith("{")) {
      ExitRuleFile file = ViewJson.read(text, ExitRuleFile.class);
      return new Named(file.rule(), new EarlyExit(read(file, open), late));
    }
    return new Named(text, new EarlyExit(byName(text, open.model()), late));
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
        double threshold = PlainText.decimal(text.substring(CONFIDENCE.length()));
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
        rule instanceof ProbeRule probes ? ExitProbes.of(probes) : null,
        rule instanceof SubUpdateRule memory ? ExitMemory.of(memory) : null);
  }

  private static List<Double> confidence(ConfidenceRule rule) {
    return DoubleStream.of(rule.thresholds()).map(t -> t <= 1 ? t : NEVER).boxed().toList();
  }

  private static LearnedRule read(ExitRuleFile file, OpenModel open) {
    try {
      return rule(file, open);
    } catch (ExitException wrong) {
      throw new WorkbenchException(
          ProblemKind.INVALID, String.valueOf(wrong.getMessage()), "earlyExit", wrong);
    }
  }

  /// A rule that was kept.
  private static LearnedRule rule(ExitRuleFile file, OpenModel open) {
    if (file.version() != ExitRuleFile.VERSION) {
      throw ExitException.rule("version " + ExitRuleFile.VERSION, "version " + file.version());
    }
    if (!file.weightHash().equals(open.identity().key())) {
      throw ExitException.rule(
          "one learned on the weights of " + open.name(),
          "one learned on other weights, of " + file.model());
    }
    int layers = open.model().architecture().layers();
    if (file.confidence() != null) {
      ExitException.requireLayers(layers - 1, file.confidence().size());
      return ConfidenceRule.of(file.confidence().stream().mapToDouble(d -> d).toArray());
    }
    if (file.probes() != null) {
      return file.probes().rule(open.model().architecture());
    }
    if (file.subUpdates() != null) {
      return file.subUpdates().rule(open.model());
    }
    throw ExitException.rule("confidence, probes or subUpdates", "none of them");
  }
}
