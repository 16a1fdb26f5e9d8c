package io.lexiscope.analysis.study;

import io.lexiscope.analysis.ffn.FfnAccount;
import io.lexiscope.analysis.ffn.FfnSubUpdates;
import io.lexiscope.analysis.ffn.FfnWords;
import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// What has to hold in every model: accounts close, and the last state is the model's output.
final class FfnIdentityChecks {
  private static final String PROMPT = "My wife is working as a";
  private static final double BOUND = 1e-4;
  private static final double MILLIONTH = 1e-6;

  private final StudySubject subject;

  FfnIdentityChecks(StudySubject subject) {
    this.subject = subject;
  }

  private TokenIds prompt() {
    LanguageModel model = subject.model();
    return model.tokenizer().isPresent()
        ? model.tokenizer().encode(PROMPT).ids()
        : TokenIds.of(1, 2, 3, 4, 5, 6);
  }

  List<StudyCheck> accounts(Study.Turns turns) {
    List<StudyCheck> checks = new ArrayList<>();
    turns.run(
        () -> {
          LanguageModel model = subject.model();
          try (Run run = model.run(prompt(), FfnSubUpdates.recording(model))) {
            FfnSubUpdates updates = FfnSubUpdates.of(run, LensConvention.RAW);
            List<FfnAccount> accounts =
                IntStream.range(0, run.length())
                    .mapToObj(updates::at)
                    .flatMap(at -> at.layers().stream())
                    .toList();
            checks.add(closes(accounts));
            checks.add(addUp(accounts));
            checks.add(structure(run));
          }
        });
    return checks;
  }

  private static StudyCheck closes(List<FfnAccount> accounts) {
    double error =
        accounts.stream()
            .mapToDouble(account -> account.closing().residualError())
            .max()
            .orElse(Double.NaN);
    double size = accounts.stream().mapToDouble(FfnAccount::dominanceSum).max().orElse(Double.NaN);
    double bound = Math.max(BOUND, MILLIONTH * size);
    return StudyCheck.of(
        "sub-updates and bias sum to the FFN's output (§3)",
        "exactly",
        "largest difference %.1e in %d accounts".formatted(error, accounts.size()),
        error <= bound,
        "at most %.1e, a millionth of the largest Σ|m|·‖v‖, for float32".formatted(bound));
  }

  private static StudyCheck addUp(List<FfnAccount> accounts) {
    double error = 0;
    double size = 1;
    for (FfnAccount account : accounts) {
      error = Math.max(error, account.closing().logits().error());
      size = Math.max(size, Math.abs(account.closing().logits().before()));
    }
    double bound = BOUND * size;
    return StudyCheck.of(
        "scores sum to the change of the logit (Eq. 2)",
        "exactly, without the final norm",
        String.format(Locale.ROOT, "largest difference %.1e logits", error),
        error <= bound,
        "at most %.1e of the largest logit %.3g; not claimed after the final norm"
            .formatted(BOUND, size));
  }

  private static StudyCheck structure(Run run) {
    int layers = run.model().architecture().layers();
    FfnSubUpdates updates = FfnSubUpdates.of(run, LensConvention.RAW);
    FfnWords words = FfnWords.of(updates);
    List<FfnWords.Place> places =
        IntStream.range(0, layers)
            .mapToObj(layer -> new FfnWords.Place(layer, run.length() - 1))
            .toList();
    List<FfnWords.States> states = words.states(places, /* top= */ 10, List.of());
    boolean whole =
        states.stream()
                .allMatch(
                    state -> state.before().top().size() == 10 && state.after().top().size() == 10)
            && updates.layers().stream().allMatch(account -> account.dominant(10).size() == 10);
    return StudyCheck.of(
        "a trace shows every layer (LM-Debugger)",
        "layers × (10 words before, 10 sub-updates, 10 words after)",
        "%d layers × (10, 10, 10)%s".formatted(layers, whole ? "" : ", some incomplete"),
        whole,
        "after “" + PROMPT + "”, or ids 1 to 6 without a tokenizer");
  }
}
