package io.lexiscope.analysis.edit;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.edit.EditException;
import io.lexiscope.model.edit.PatchStack;
import io.lexiscope.model.edit.PatchTerm;
import io.lexiscope.model.edit.WeightPatch;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.gradient.Backward;
import io.lexiscope.model.gradient.Loss;
import io.lexiscope.model.gradient.MatrixGradient;
import io.lexiscope.model.gradient.Taps;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How far an edit reaches into a corpus of prompts: what each prompt's own answer loses, to first
/// order, before anything is applied.
///
/// A patch `Σ uᵀv` of a matrix changes a prompt's `log p(answer)` by `−Σ (xᵢ·u)(δᵢ·v)` over its
/// positions. x and δ of a corpus are taken once and serve every patch of the same matrices.
///
/// Holds x and δ of all prompts as plain numbers; may be shared between threads.
public final class BlastRadius {
  private final List<TokenIds> prompts;
  private final List<Integer> answers;
  private final Map<MatrixName, List<Factors>> factors;

  private BlastRadius(
      List<TokenIds> prompts, List<Integer> answers, Map<MatrixName, List<Factors>> factors) {
    this.prompts = prompts;
    this.answers = answers;
    this.factors = factors;
  }

  /// x and δ of one prompt at one matrix, [n, d_in] and [n, d_out] row by row.
  private static final class Factors {
    final float[] x;
    final float[] delta;

    Factors(float[] x, float[] delta) {
      this.x = x;
      this.delta = delta;
    }
  }

  /// Takes the factors of a corpus, a pass forwards and one backwards a prompt.
  ///
  /// @param matrices those that patches will be of
  /// @param prompts at least one token each
  public static BlastRadius of(
      LanguageModel model, Set<MatrixName> matrices, List<TokenIds> prompts, Turn turn) {
    Map<MatrixName, List<Factors>> factors = new LinkedHashMap<>();
    matrices.forEach(name -> factors.put(name, new ArrayList<>()));
    List<Integer> answers = new ArrayList<>();
    for (TokenIds prompt : prompts) {
      answers.add(turn.take(() -> TensorScope.tidy(() -> take(model, prompt, factors))));
      turn.progress(answers.size(), prompts.size(), "prompts");
    }
    return new BlastRadius(List.copyOf(prompts), answers, factors);
  }

  private static int take(
      LanguageModel model, TokenIds prompt, Map<MatrixName, List<Factors>> factors) {
    int answer;
    try (Run run = model.run(prompt, Recording.nothing())) {
      answer = run.logits(-1).best();
    }
    try (Backward backward =
        Backward.of(
            model, prompt, Loss.NextToken.last(answer), new Taps(factors.keySet(), Set.of()))) {
      factors.forEach(
          (name, all) -> {
            MatrixGradient gradient = backward.at(name);
            all.add(new Factors(gradient.x().toFloats(), gradient.delta().toFloats()));
          });
    }
    return answer;
  }

  /// The prompts.
  public List<TokenIds> prompts() {
    return prompts;
  }

  /// What the model says after each, a token id.
  public List<Integer> answers() {
    return List.copyOf(answers);
  }

  /// What each prompt's own answer is predicted to gain in log p, nats; what it loses is negative.
  ///
  /// @throws EditException if a patch is of a matrix whose factors were not taken
  public double[] predict(PatchStack patches) {
    double[] change = new double[prompts.size()];
    for (WeightPatch patch : patches.patches()) {
      List<Factors> own = factors.get(patch.target());
      if (own == null) {
        throw new EditException(
            "blast radius: expected patches of %s, got one of %s; take the corpus at that matrix"
                .formatted(factors.keySet(), patch.target()));
      }
      for (int prompt = 0; prompt < change.length; prompt++) {
        for (PatchTerm term : patch.terms()) {
          change[prompt] -= change(own.get(prompt), term);
        }
      }
    }
    return change;
  }

  private static double change(Factors factors, PatchTerm term) {
    float[] u = term.input().toArray();
    float[] v = term.output().toArray();
    double sum = 0;
    for (int i = 0; i < factors.x.length / u.length; i++) {
      sum += dot(factors.x, i * u.length, u) * dot(factors.delta, i * v.length, v);
    }
    return sum;
  }

  private static double dot(float[] rows, int from, float[] vector) {
    double sum = 0;
    for (int i = 0; i < vector.length; i++) {
      sum += (double) rows[from + i] * vector[i];
    }
    return sum;
  }

  /// What some prompts' answers really gain in log p, nats.
  ///
  /// @param model without the patches
  /// @param edited the same model with them
  /// @param which indices of prompts
  public double[] measure(LanguageModel model, LanguageModel edited, List<Integer> which) {
    List<AnswerScore.Question> questions =
        which.stream()
            .map(i -> new AnswerScore.Question(prompts.get(i), TokenIds.of(answers.get(i))))
            .toList();
    List<AnswerScore> before = AnswerScore.of(model, questions);
    List<AnswerScore> after = AnswerScore.of(edited, questions);
    double[] change = new double[which.size()];
    for (int i = 0; i < change.length; i++) {
      change[i] = after.get(i).logProbability() - before.get(i).logProbability();
    }
    return change;
  }
}
