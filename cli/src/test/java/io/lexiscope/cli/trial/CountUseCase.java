package io.lexiscope.cli.trial;

import io.lexiscope.base.Csv;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.List;

/// Counts the tokens of a prompt.
public final class CountUseCase implements UseCase<CountRequest, CountResult> {
  private final ModelShelf shelf;

  private CountUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `count`.
  public static Feature<CountRequest, CountResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.reads("count", "How many tokens a prompt has."),
        CountRequest.class,
        new CountUseCase(shelf),
        result -> List.of(ResultFile.csv("count.csv", () -> table(result))));
  }

  @Override
  public CountResult answer(CountRequest request, Work work) {
    try (var open = shelf.use(request.choice())) {
      var ids = Prompts.ids("count", open.model(), request.prompt());
      return new CountResult(open.name(), ids.size(), (int) ids.stream().distinct().count());
    }
  }

  private static String table(CountResult result) {
    return new Csv("tokens,different").line(result.tokens(), result.different()).toString();
  }
}
