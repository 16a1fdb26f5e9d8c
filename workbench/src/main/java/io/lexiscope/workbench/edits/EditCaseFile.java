package io.lexiscope.workbench.edits;

import io.lexiscope.analysis.edit.AnswerScore;
import io.lexiscope.analysis.edit.EditCase;
import io.lexiscope.analysis.edit.EditGoal;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.corpus.TextFiles;
import io.lexiscope.workbench.gradients.TargetTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Cases of edits in the short form of CounterFact: `prompt`, `target_new`, `ground_truth`,
/// `subject`, and where there are such `rephrase_prompt`, `locality_prompt` with
/// `locality_ground_truth`, `portability_prompt` with `portability_ground_truth`.
///
/// @param model whose tokens they become
/// @param name of the file
record EditCaseFile(LanguageModel model, String name) {
  private static final String VERB = "evaluate-edits";

  /// The cases.
  ///
  /// @throws WorkbenchException of kind `invalid` when the file is not of that form
  List<EditCase> read() {
    Object all = ViewJson.read(TextFiles.text(VERB, "data", name), Object.class);
    if (!(all instanceof List<?> rows) || rows.isEmpty()) {
      throw refused("a list of cases", 0, "something else");
    }
    List<EditCase> cases = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (!(rows.get(i) instanceof Map<?, ?> row)) {
        throw refused("an object", i, "something else");
      }
      cases.add(read(row, i));
    }
    return cases;
  }

  private EditCase read(Map<?, ?> row, int index) {
    String prompt = text(row, "prompt", index);
    String subject = optional(row, "subject");
    List<TokenIds> paraphrases = new ArrayList<>();
    List<AnswerScore.Question> neighbours = new ArrayList<>();
    List<AnswerScore.Question> consequences = new ArrayList<>();
    String rephrased = optional(row, "rephrase_prompt");
    if (rephrased != null) {
      paraphrases.add(prompt(rephrased));
    }
    question(row, "locality", neighbours, index);
    question(row, "portability", consequences, index);
    String id =
        row.get("case_id") == null ? Integer.toString(index) : row.get("case_id").toString();
    return new EditCase(
        id,
        new EditGoal(
            prompt(prompt),
            answer(text(row, "target_new", index)),
            subject != null && prompt.contains(subject)
                ? TargetTokens.subject(VERB, model, prompt, subject)
                : List.of()),
        answer(text(row, "ground_truth", index)),
        new EditCase.Probes(paraphrases, neighbours, consequences));
  }

  private void question(Map<?, ?> row, String name, List<AnswerScore.Question> to, int index) {
    String asked = optional(row, name + "_prompt");
    if (asked != null) {
      to.add(
          new AnswerScore.Question(
              prompt(asked), answer(text(row, name + "_ground_truth", index))));
    }
  }

  private TokenIds prompt(String text) {
    return model.tokenizer().encode(text.strip()).ids();
  }

  /// The tokens of an answer as it follows a prompt, with a leading space.
  private TokenIds answer(String text) {
    return model.tokenizer().encodeWithoutSpecial(" " + text.strip()).ids();
  }

  private String text(Map<?, ?> row, String field, int index) {
    String found = optional(row, field);
    if (found == null) {
      throw refused("a text in " + field, index, "none");
    }
    return found;
  }

  private static @Nullable String optional(Map<?, ?> row, String field) {
    return row.get(field) instanceof String text && !text.isBlank() ? text : null;
  }

  private WorkbenchException refused(String expected, int index, String got) {
    return WorkbenchException.invalid(
        "data",
        "%s: expected %s, got %s at case %d of %s; give a file in the short form of CounterFact"
            .formatted(VERB, expected, got, index, name));
  }
}
