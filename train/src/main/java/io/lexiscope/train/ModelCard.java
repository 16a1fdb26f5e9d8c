package io.lexiscope.train;

import io.lexiscope.train.recipe.Recipe;
import io.lexiscope.train.task.Task;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/// What a trained model says about itself: `README.md` and `metrics.json`.
///
/// @param recipe what it was made by
/// @param task what it learned
/// @param weights how many numbers it has
/// @param seconds time its training took
/// @param metrics its measured quality
record ModelCard(Recipe recipe, Task task, long weights, double seconds, List<Metric> metrics) {

  /// The card in Markdown.
  String markdown() {
    var text = new StringBuilder("# ").append(recipe.about().name()).append("\n\n");
    text.append(recipe.about().description()).append("\n\n");
    text.append("| | |\n| --- | --- |\n");
    row(text, "task", "`%s`, seed %d".formatted(task.name(), recipe.task().seed()));
    row(text, "examples", "`" + task.grammar().replace("|", "\\|") + "`");
    row(
        text,
        "network",
        "%s, %,d weights, stored in %s"
            .formatted(
                recipe.model().path("model_type").asString(), weights, recipe.about().weights()));
    row(
        text,
        "training",
        "%,d steps, seed %d, %.0f minutes with %s"
            .formatted(recipe.fit().steps(), recipe.fit().start().seed(), seconds / 60, threads()));
    row(text, "loss curve", "`loss.csv`");
    row(text, "made by", "`lexiscope train %s -o DIR`".formatted(recipe.about().name()));
    text.append("\n## Measured quality (held-out data)\n\n");
    text.append("| measurement | value | 95 % interval | questions |\n| --- | --- | --- | --- |\n");
    for (Metric metric : metrics) {
      text.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %.4f | %.4f – %.4f | %d |%n",
              metric.name(),
              metric.value(),
              metric.low(),
              metric.high(),
              metric.questions()));
    }
    text.append("\nMeasured on the written weights by `lexiscope evaluate ")
        .append(recipe.about().name())
        .append("`.\n");
    return text.toString();
  }

  private String threads() {
    return switch (recipe.reports().threads()) {
      case 0 -> "all threads";
      case 1 -> "one thread";
      default -> recipe.reports().threads() + " threads";
    };
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("| ").append(name).append(" | ").append(value).append(" |\n");
  }

  /// The measurements as JSON.
  String json() {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(metrics) + "\n";
  }
}
