package io.lexiscope.workbench.search;

import io.lexiscope.index.BuildOptions;
import io.lexiscope.index.Corpus;
import io.lexiscope.index.IndexPlan;
import io.lexiscope.index.VocabularyIndex;
import io.lexiscope.workbench.corpus.DefaultText;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.Lasting;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.OpenModel;
import java.util.List;
import java.util.function.BiFunction;

/// Builds the index of a model's vectors.
public final class IndexUseCase implements UseCase<IndexRequest, IndexResult> {
  private final ModelShelf shelf;
  private final IndexShelf indexes;

  private IndexUseCase(ModelShelf shelf, IndexShelf indexes) {
    this.shelf = shelf;
    this.indexes = indexes;
  }

  /// The verb `index`.
  public static Feature<IndexRequest, IndexResult> feature(ModelShelf shelf, IndexShelf indexes) {
    return new Feature<>(
            Verb.keeps("index", "The index that is searched.").in(Lane.LONG),
            IndexRequest.class,
            new IndexUseCase(shelf, indexes))
        .lasting(new Lasting.Resumable<>(request -> request.choice().model(), request -> request));
  }

  @Override
  public IndexResult answer(IndexRequest request, Work work) {
    String text = request.corpus();
    String given = request.corpusName();
    String name = text == null ? null : given == null ? "text" : given;
    try (var open = shelf.use(request.choice())) {
      Corpus corpus =
          text == null || name == null
              ? DefaultText.of(open.model()).corpus()
              : new Corpus(
                  name, List.of(open.model().tokenizer().encodeWithoutSpecial(text).ids()));
      long start = System.nanoTime();
      BiFunction<VocabularyIndex, Boolean, IndexResult> answer =
          (index, built) -> result(open, index, built, (System.nanoTime() - start) / 1e9);
      return text != null || Boolean.TRUE.equals(request.rebuild())
          ? indexes.rebuilt(open, name, IndexShelf.options(corpus), work, answer)
          : indexes.use(open, work, answer);
    }
  }

  private static IndexResult result(
      OpenModel open, VocabularyIndex index, boolean built, double seconds) {
    IndexView view = IndexShelf.view(index, built);
    double operations = IndexPlan.of(open.model(), BuildOptions.STANDARD).operations();
    return new IndexResult(
        open.name(),
        view,
        index.folder().toString(),
        seconds,
        built ? operations / seconds / 1e9 : 0,
        open.provenance(/* seed= */ null));
  }
}
