package io.lexiscope.analysis.gradient;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.edit.PatchOrigin;
import io.lexiscope.model.edit.PatchStack;
import io.lexiscope.model.edit.WeightEdits;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.gradient.Backward;
import io.lexiscope.model.gradient.MatrixGradient;
import io.lexiscope.model.gradient.Taps;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The backward lens: reads what entered every matrix and what came back to it from a loss, at
/// every position, from one pass forwards and one backwards.
///
/// ```
///  GradientQuestion: loss, target, places, words ──► read ──► GradientReport: cells, whole gradients
/// ```
///
/// @see <a href="https://arxiv.org/abs/2402.12865">Katz et al. 2024, §4–5</a>
public final class BackwardLens {
  /// The share of the loss that the standard step is predicted to take off.
  private static final double SMALL_STEP = 0.01;

  private final LanguageModel model;

  private BackwardLens(LanguageModel model) {
    this.model = model;
  }

  /// The lens on a model, with what is in force in it.
  public static BackwardLens of(LanguageModel model) {
    return new BackwardLens(model);
  }

  /// Reads a gradient.
  ///
  /// @param turn is asked before the passes and between readings
  /// @throws io.lexiscope.model.gradient.GradientException if the loss does not fit the prompt
  /// @throws io.lexiscope.analysis.lens.LensException if the model cannot be read in words
  public GradientReport read(TokenIds prompt, GradientQuestion question, Turn turn) {
    GradientWords words = GradientWords.of(model, question.words().reading());
    return turn.take(
        () ->
            TensorScope.tidy(
                () -> {
                  try (Backward backward =
                      Backward.of(model, prompt, question.loss(), taps(question))) {
                    return new Reading(backward, prompt, question, words, turn).report();
                  }
                }));
  }

  private Taps taps(GradientQuestion question) {
    Set<HookName> places = new LinkedHashSet<>();
    if (question.extras().reversed() > 0) {
      question.places().layers().forEach(l -> places.add(HookPoint.ATTN_SCORES.at(l)));
    }
    return new Taps(new LinkedHashSet<>(matrices(question)), places);
  }

  private static List<MatrixName> matrices(GradientQuestion question) {
    return question.places().layers().stream()
        .flatMap(layer -> question.places().kinds().stream().map(kind -> kind.at(layer)))
        .toList();
  }

  /// Whether what comes back to a matrix lives in the residual stream; of the others it is what
  /// enters.
  static boolean writesToStream(MatrixKind kind) {
    return kind == MatrixKind.W_O || kind == MatrixKind.W_OUT;
  }

  /// One reading under way.
  private final class Reading {
    private final Backward backward;
    private final TokenIds prompt;
    private final GradientQuestion question;
    private final GradientWords words;
    private final Turn turn;
    private final TokenIds tokens;
    private final Map<MatrixName, FactorGram> grams = new LinkedHashMap<>();

    Reading(
        Backward backward,
        TokenIds prompt,
        GradientQuestion question,
        GradientWords words,
        Turn turn) {
      this.backward = backward;
      this.prompt = prompt;
      this.question = question;
      this.words = words;
      this.turn = turn;
      this.tokens = question.loss().tokens(prompt);
    }

    GradientReport report() {
      List<MatrixName> matrices = matrices(question);
      for (MatrixName name : matrices) {
        grams.put(name, TensorScope.tidy(() -> FactorGram.of(backward.at(name))));
      }
      turn.letOthersPass();
      double small = smallNorm();
      return new GradientReport(
          tokens,
          backward.loss(),
          cells(matrices, small),
          new GradientReport.Whole(shapes(), segments(), effects(), similarity(), reversed()),
          small);
    }

    private double smallNorm() {
      Norm last = model.architecture().output().norm();
      double epsilon =
          last == null ? model.architecture().block().norm().epsilon() : last.epsilon();
      return Math.sqrt(model.architecture().dModel() * epsilon);
    }

    private List<Integer> positions() {
      return question.places().positions().isEmpty()
          ? IntStream.range(0, tokens.size()).boxed().toList()
          : question.places().positions();
    }

    private List<GradientCell> cells(List<MatrixName> matrices, double small) {
      List<GradientCell> cells = new ArrayList<>();
      Map<String, List<VectorReading>> read = new HashMap<>();
      for (MatrixName name : matrices) {
        List<VectorReading> own = read.computeIfAbsent(sharedInput(name), _ -> readWords(name));
        turn.letOthersPass();
        FactorGram gram = gram(name);
        List<Integer> positions = positions();
        for (int i = 0; i < positions.size(); i++) {
          cells.add(cell(name, positions.get(i), gram, own.get(i), small));
        }
      }
      return cells;
    }

    /// Matrices that read the same vector share its words.
    private static String sharedInput(MatrixName name) {
      return switch (name.kind()) {
        case W_Q, W_K, W_V -> "attention " + name.layer();
        case W_GATE, W_IN -> "neurons " + name.layer();
        case W_O, W_OUT -> name.toString();
      };
    }

    private List<VectorReading> readWords(MatrixName name) {
      GradientQuestion.Words asked = question.words();
      return TensorScope.tidy(
          () -> {
            MatrixGradient gradient = backward.at(name);
            Tensor at =
                Tensors.ofLongs(positions().stream().mapToLong(Integer::longValue).toArray());
            return writesToStream(name.kind())
                ? words.read(
                    gradient.delta().select(0, 0).indexSelect(0, at).mul(asked.sign().factor()),
                    asked.top(),
                    asked.bottom(),
                    question.target())
                : words.read(
                    gradient.x().select(0, 0).indexSelect(0, at),
                    asked.top(),
                    /* bottom= */ 0,
                    /* target= */ null);
          });
    }

    private GradientCell cell(
        MatrixName name, int position, FactorGram gram, VectorReading read, double small) {
      boolean writes = writesToStream(name.kind());
      double length = writes ? gram.deltaNorm(position) : gram.inputNorm(position);
      @Nullable VectorReading found = length > 0 ? read : null;
      return new GradientCell(
          name.layer(),
          MatrixNames.of(name.kind()),
          position,
          gram.inputNorm(position),
          gram.deltaNorm(position),
          found == null || writes ? null : found.top(),
          found == null || !writes ? null : found.top(),
          found == null || !writes ? null : found.bottom(),
          found == null || !writes || found.targets().isEmpty()
              ? null
              : found.targets().getFirst().rank(),
          length < small);
    }

    private FactorGram gram(MatrixName name) {
      FactorGram gram = grams.get(name);
      if (gram == null) {
        throw new IllegalStateException(name.toString());
      }
      return gram;
    }

    private List<MatrixGradientShape> shapes() {
      List<MatrixGradientShape> shapes = new ArrayList<>();
      grams.forEach(
          (name, gram) ->
              shapes.add(
                  new MatrixGradientShape(
                      name.layer(), MatrixNames.of(name.kind()), gram.rank(), gram.norm())));
      return shapes;
    }

    private List<SegmentNorm> segments() {
      Map<PromptSegment, List<Integer>> parts = new LinkedHashMap<>();
      for (int position = 0; position < tokens.size(); position++) {
        parts.computeIfAbsent(segment(position), _ -> new ArrayList<>()).add(position);
      }
      List<SegmentNorm> norms = new ArrayList<>();
      grams.forEach(
          (name, gram) ->
              parts.forEach(
                  (segment, positions) ->
                      norms.add(
                          new SegmentNorm(
                              segment,
                              name.layer(),
                              MatrixNames.of(name.kind()),
                              positions.stream().mapToDouble(gram::inputNorm).average().orElse(0),
                              positions.stream()
                                  .mapToDouble(gram::deltaNorm)
                                  .average()
                                  .orElse(0)))));
      return norms;
    }

    private PromptSegment segment(int position) {
      List<Integer> subject = question.extras().subject();
      if (position == tokens.size() - 1) {
        return PromptSegment.LAST;
      }
      if (!subject.contains(position)) {
        return PromptSegment.REST;
      }
      return position == subject.getLast() ? PromptSegment.SUBJECT_LAST : PromptSegment.SUBJECT;
    }

    private List<UpdateEffect> effects() {
      double squares = grams.values().stream().mapToDouble(g -> g.norm() * g.norm()).sum();
      if (!(squares > 0)) {
        return List.of();
      }
      MatrixName strongest =
          grams.entrySet().stream()
              .max(Comparator.comparingDouble(entry -> entry.getValue().norm()))
              .orElseThrow()
              .getKey();
      List<UpdateEffect> effects = new ArrayList<>();
      effects.add(effect("all", List.copyOf(grams.keySet()), squares));
      if (grams.size() > 1) {
        double norm = gram(strongest).norm();
        effects.add(effect(strongest.toString(), List.of(strongest), norm * norm));
      }
      return effects;
    }

    private UpdateEffect effect(String what, List<MatrixName> matrices, double squares) {
      Double asked = question.extras().step();
      double step =
          asked == null ? SMALL_STEP * Math.max(Math.abs(backward.loss()), 1e-6) / squares : asked;
      Double measured = null;
      if (question.extras().measured()) {
        PatchStack update =
            WeightUpdate.of(backward, matrices, step, PatchOrigin.named("a gradient step"));
        try (WeightEdits edits = WeightEdits.open(model.architecture(), update)) {
          measured = LossValue.of(model.with(edits), prompt, question.loss()) - backward.loss();
        }
      }
      return new UpdateEffect(what, step, -step * squares, measured);
    }

    /// Cosines between layers of what comes back to `W_out` at the last position that the loss
    /// reads.
    private List<List<Double>> similarity() {
      List<MatrixName> outs =
          grams.keySet().stream().filter(name -> name.kind() == MatrixKind.W_OUT).toList();
      if (outs.isEmpty()) {
        return List.of();
      }
      long read = question.loss().positions(tokens.size()).getLast();
      return TensorScope.tidy(
          () -> {
            Tensor rows =
                Tensors.stack(
                    outs.stream()
                        .map(name -> backward.at(name).delta().select(0, 0))
                        .map(delta -> delta.select(0, read))
                        .toList(),
                    0);
            Tensor units = rows.div(rows.norm(-1, /* keepAxis= */ true));
            return rows(units.matmul(units.transpose(0, 1)));
          });
    }

    private List<ReversedHead> reversed() {
      if (question.extras().reversed() == 0) {
        return List.of();
      }
      List<ReversedHead> heads = new ArrayList<>();
      for (int layer : question.places().layers()) {
        double scale = model.architecture().block().attention().scores().scale(layer);
        TensorScope.tidyRun(
            () -> {
              Tensor whole = backward.gradient(HookPoint.ATTN_SCORES.at(layer)).select(0, 0);
              for (int head = 0; head < whole.size(0); head++) {
                Tensor own = whole.select(0, head).mul(scale);
                heads.add(
                    new ReversedHead(layer, head, Math.sqrt(own.mul(own).sum().item()), rows(own)));
              }
            });
      }
      return heads.stream()
          .sorted(Comparator.comparingDouble((ReversedHead head) -> -head.norm()))
          .limit(question.extras().reversed())
          .toList();
    }

    private static List<List<Double>> rows(Tensor matrix) {
      int columns = Math.toIntExact(matrix.size(1));
      float[] numbers = matrix.toFloats();
      List<List<Double>> rows = new ArrayList<>();
      for (int row = 0; row < numbers.length / columns; row++) {
        List<Double> own = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
          own.add((double) numbers[row * columns + column]);
        }
        rows.add(own);
      }
      return rows;
    }
  }
}
