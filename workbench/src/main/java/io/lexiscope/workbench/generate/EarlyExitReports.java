package io.lexiscope.workbench.generate;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.generate.Generation;
import io.lexiscope.workbench.exit.ExitRules;
import io.lexiscope.workbench.job.GeneratedToken;
import io.lexiscope.workbench.job.Work;
import java.util.ArrayList;
import java.util.List;

/// Sets a continuation with early exit beside that of the whole network.
final class EarlyExitReports {
  private EarlyExitReports() {}

  /// Lets the whole network continue the same prompt.
  ///
  /// @param decoding without early exit
  /// @param early the continuation with it
  /// @param shown its tokens
  static EarlyExitReport of(
      ExitRules.Named rule,
      LanguageModel model,
      Decoding decoding,
      Generation early,
      List<GeneratedToken> shown,
      Work work) {
    GrowingText text = new GrowingText(model.tokenizer(), early.prompt());
    List<GeneratedToken> whole = new ArrayList<>();
    long[] times = new long[2];
    Generation generation =
        work.pass(
            () ->
                model
                    .generator()
                    .generate(
                        early.prompt(),
                        decoding,
                        step -> {
                          times[whole.isEmpty() ? 0 : 1] = System.nanoTime();
                          whole.add(text.token(step));
                          work.letOthersPass();
                          return true;
                        }));
    work.checkCancelled();
    int last = model.architecture().layers() - 1;
    double saved =
        shown.stream()
            .mapToInt(token -> token.exitLayer() == null ? 0 : last - token.exitLayer())
            .average()
            .orElse(0);
    int same = 0;
    while (same < Math.min(shown.size(), whole.size())
        && shown.get(same).id() == whole.get(same).id()) {
      same++;
    }
    return new EarlyExitReport(
        rule.name(),
        rule.early().late(),
        saved,
        whole.size() > 1 && times[1] > times[0]
            ? (whole.size() - 1) / ((times[1] - times[0]) / 1e9)
            : generation.tokensPerSecond(),
        new Continuation(generation.text(), whole),
        same);
  }
}
