package io.lexiscope.workbench.tokens;

import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.ModelShelf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds the words of the vocabulary that begin with a prefix.
public final class CompleteUseCase implements UseCase<CompleteRequest, CompleteResult> {
  private static final int STANDARD_LIMIT = 20;
  private static final int LARGEST_LIMIT = 1000;

  private final ModelShelf shelf;

  private CompleteUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `complete`.
  public static Feature<CompleteRequest, CompleteResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.reads("complete", "The words of the vocabulary that begin with a prefix."),
        CompleteRequest.class,
        new CompleteUseCase(shelf));
  }

  @Override
  public CompleteResult answer(CompleteRequest request, Work work) {
    var limit = request.limit() == null ? STANDARD_LIMIT : request.limit();
    if (limit < 1 || limit > LARGEST_LIMIT) {
      throw WorkbenchException.invalid(
          "limit",
          "complete: expected a limit from 1 to %d, got %d".formatted(LARGEST_LIMIT, limit));
    }
    try (var open = shelf.use(request.choice())) {
      var tokenizer = open.model().tokenizer();
      var found = beginningWith(tokenizer, request.prefix());
      if (!request.prefix().startsWith(" ") && found.isEmpty()) {
        found = beginningWith(tokenizer, " " + request.prefix());
      }
      return new CompleteResult(
          open.name(), found.subList(0, Math.min(limit, found.size())), found.size());
    }
  }

  private static List<TokenView> beginningWith(Tokenizer tokenizer, String prefix) {
    var found = new ArrayList<TokenView>();
    for (var id = 0; id < tokenizer.vocabularySize(); id++) {
      var text = tokenizer.display(id);
      if (text.startsWith(prefix)) {
        found.add(new TokenView(id, text));
      }
    }
    found.sort(
        Comparator.comparingInt((TokenView token) -> token.text().length())
            .thenComparingInt(TokenView::id));
    return found;
  }
}
