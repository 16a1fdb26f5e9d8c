package io.lexiscope.workbench.score;

import io.lexiscope.analysis.score.TextScorer;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.workbench.ask.NotFinite;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.Lasting;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the loss of a text, window by window.
public final class ScoreUseCase implements UseCase<ScoreRequest, ScoreResult> {
  private final ModelShelf shelf;

  private ScoreUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `score`.
  public static Feature<ScoreRequest, ScoreResult> feature(ModelShelf shelf) {
    return new Feature<>(
            Verb.reads("score", "The loss of a text.").in(Lane.LONG),
            ScoreRequest.class,
            new ScoreUseCase(shelf))
        .lasting(new Lasting.Kept<>(request -> request.choice().model()));
  }

  @Override
  public ScoreResult answer(ScoreRequest request, Work work) {
    try (var open = shelf.use(request.choice())) {
      var ids = Prompts.ids("score", open.model(), request.prompt());
      var model = InterventionSpecs.apply(open, request.interventions(), work);
      var context = model.architecture().dimensions().context();
      var window = request.window() == null ? context : request.window();
      var stride = request.stride() == null ? Math.max(1, window / 2) : request.stride();
      var scorer = TextScorer.of(model, ids, window, stride);
      var nats = new double[ids.size() - 1];
      work.progress(0, nats.length, "tokens");
      for (var part : scorer.windows()) {
        var losses = work.pass(() -> scorer.nats(part));
        System.arraycopy(losses, 0, nats, part.firstScored() - 1, losses.length);
        work.progress(part.end() - 1L, nats.length, "tokens");
      }
      var mean = mean(nats);
      return new ScoreResult(
          open.name(),
          tokens(model.tokenizer(), ids, nats),
          nats.length,
          mean,
          Math.exp(mean),
          mean * nats.length / Math.log(2) / bytes(model.tokenizer(), ids),
          window,
          stride,
          open.provenance(/* seed= */ null),
          notFinite(nats));
    }
  }

  private static double mean(double[] nats) {
    var sum = 0.0;
    for (var loss : nats) {
      sum += loss;
    }
    return sum / nats.length;
  }

  private static List<ScoredToken> tokens(Tokenizer tokenizer, TokenIds ids, double[] nats) {
    var tokens = new ArrayList<ScoredToken>(ids.size());
    for (var i = 0; i < ids.size(); i++) {
      var id = ids.get(i);
      tokens.add(new ScoredToken(id, tokenizer.display(id), i == 0 ? null : nats[i - 1]));
    }
    return tokens;
  }

  /// UTF-8 bytes of all tokens but the first, which has no loss.
  private static double bytes(Tokenizer tokenizer, TokenIds ids) {
    return ids.stream().skip(1).mapToLong(id -> tokenizer.bytes(id).length).sum();
  }

  private static @Nullable List<NotFinite> notFinite(double[] nats) {
    var first = -1;
    var count = 0;
    for (var i = 0; i < nats.length; i++) {
      if (!Double.isFinite(nats[i])) {
        first = first < 0 ? i : first;
        count++;
      }
    }
    return count == 0 ? null : List.of(new NotFinite("logits", /* layer= */ null, first, count));
  }
}
