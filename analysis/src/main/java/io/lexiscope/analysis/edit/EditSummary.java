package io.lexiscope.analysis.edit;

import io.lexiscope.base.Estimate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// The numbers of an evaluation, each with its interval over cases, under a name that says what was
/// asked and how it counts: `efficacy.success`, `paraphrase.exact`, `neighbourhood.accuracy`.
///
/// A case counts once: of several paraphrases or neighbours their mean.
public final class EditSummary {
  private EditSummary() {}

  /// The numbers of results.
  ///
  /// `NAME.before` are of the model before each edit, `NAME.last` after the last of a sequence.
  public static Map<String, Estimate> of(List<CaseResult> results) {
    Map<String, Estimate> all = new LinkedHashMap<>();
    add(all, "", results.stream().map(CaseResult::after).toList());
    add(all, ".before", results.stream().map(CaseResult::before).toList());
    add(
        all,
        ".last",
        results.stream().flatMap(result -> Stream.ofNullable(result.last())).toList());
    same(all, results);
    for (String name : List.of("perplexity", "fluency", "others")) {
      double[] numbers =
          results.stream()
              .map(result -> result.numbers().get(name))
              .filter(number -> number != null && Double.isFinite(number))
              .mapToDouble(number -> number)
              .toArray();
      if (numbers.length > 0) {
        all.put(name, Estimate.mean(numbers));
      }
    }
    return all;
  }

  private static void add(Map<String, Estimate> to, String suffix, List<EditAnswers> answers) {
    if (answers.isEmpty()) {
      return;
    }
    add(to, "efficacy", suffix, answers, own -> List.of(own.edit()));
    add(to, "paraphrase", suffix, answers, EditAnswers::paraphrases);
    add(to, "neighbourhood", suffix, answers, EditAnswers::neighbours);
    add(to, "portability", suffix, answers, EditAnswers::consequences);
  }

  private static void add(
      Map<String, Estimate> to,
      String name,
      String suffix,
      List<EditAnswers> answers,
      Function<EditAnswers, List<ProbeScore>> which) {
    List<List<ProbeScore>> asked =
        answers.stream().map(which).filter(scores -> !scores.isEmpty()).toList();
    if (asked.isEmpty()) {
      return;
    }
    to.put(name + ".success" + suffix, mean(asked, score -> score.success() ? 1.0 : 0));
    to.put(name + ".exact" + suffix, mean(asked, score -> score.exact() ? 1.0 : 0));
    to.put(name + ".accuracy" + suffix, mean(asked, ProbeScore::accuracy));
  }

  private static Estimate mean(List<List<ProbeScore>> asked, Function<ProbeScore, Double> number) {
    double[] cases =
        asked.stream()
            .mapToDouble(
                scores -> scores.stream().mapToDouble(number::apply).average().orElse(Double.NaN))
            .toArray();
    boolean each = asked.stream().allMatch(scores -> scores.size() == 1);
    boolean whole = Arrays.stream(cases).allMatch(c -> c == 0 || c == 1);
    return each && whole
        ? Estimate.proportion(Arrays.stream(cases).filter(c -> c == 1).count(), cases.length)
        : Estimate.mean(cases);
  }

  /// The share of neighbours that say the same token as before.
  private static void same(Map<String, Estimate> to, List<CaseResult> results) {
    double[] shares =
        results.stream()
            .filter(result -> !result.after().neighbours().isEmpty())
            .mapToDouble(EditSummary::same)
            .toArray();
    if (shares.length > 0) {
      to.put("neighbourhood.same", Estimate.mean(shares));
    }
  }

  private static double same(CaseResult result) {
    List<ProbeScore> before = result.before().neighbours();
    List<ProbeScore> after = result.after().neighbours();
    int same = 0;
    for (int i = 0; i < before.size(); i++) {
      same += before.get(i).said() == after.get(i).said() ? 1 : 0;
    }
    return (double) same / before.size();
  }
}
