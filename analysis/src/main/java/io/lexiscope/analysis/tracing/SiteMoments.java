package io.lexiscope.analysis.tracing;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Rows;
import io.lexiscope.model.RunBatch;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The moments of one place, of the prompts that teach and of those that test.
///
/// @param layer from 0
/// @param position from 0; null for all joined
record SiteMoments(int layer, @Nullable Integer position, Moments train, Moments test) {
  private static final int MOST_TOKENS = 8_192;

  static SiteMoments of(int layer, @Nullable Integer position, int width, int targets) {
    return new SiteMoments(
        layer, position, new Moments(width, targets), new Moments(width, targets));
  }

  /// @param value [rows, pos, d_model]
  void add(Tensor value, double[] targets, boolean testing) {
    TensorScope.tidyRun(
        () -> {
          Integer only = position;
          Tensor x =
              only == null
                  ? value.reshape(value.size(0), value.size(1) * value.size(2))
                  : value.select(1, only);
          (testing ? test : train).add(x, targets);
        });
  }

  /// Streams the prompts.
  static void stream(
      LanguageModel model,
      TracedPrompts prompts,
      TargetColumns columns,
      HookPoint at,
      List<SiteMoments> sites,
      Turn turn) {
    List<HookName> hooks = sites.stream().map(SiteMoments::layer).distinct().map(at::at).toList();
    int rows = Math.max(1, MOST_TOKENS / prompts.length());
    int count = prompts.prompts().size();
    for (boolean testing : new boolean[] {false, true}) {
      List<Integer> chosen =
          IntStream.range(0, count).filter(i -> TracedPrompts.tests(i) == testing).boxed().toList();
      for (int from = 0; from < chosen.size(); from += rows) {
        List<Integer> part = chosen.subList(from, Math.min(chosen.size(), from + rows));
        List<TokenIds> tokens = part.stream().map(i -> prompts.prompts().get(i).tokens()).toList();
        double[] all = columns.rows(part, columns.count());
        double[] some = columns.rows(part, Math.min(columns.count(), columns.linear()));
        turn.take(
            () -> {
              try (RunBatch runs = model.run(Rows.of(tokens), Recording.of(hooks))) {
                for (SiteMoments site : sites) {
                  site.add(
                      runs.activation(at.at(site.layer())),
                      site.train().targets() == columns.count() ? all : some,
                      testing);
                }
              }
              return part;
            });
        turn.progress(from + part.size() + (testing ? count - chosen.size() : 0), count, "prompts");
      }
    }
  }
}
