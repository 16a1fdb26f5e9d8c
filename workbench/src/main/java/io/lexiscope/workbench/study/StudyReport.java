package io.lexiscope.workbench.study;

import io.lexiscope.base.WholeFile;
import io.lexiscope.workbench.ask.ViewJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The report of a repeated study as a page that stands alone and as JSON.
public final class StudyReport {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border-bottom: 1px solid #8886; }
      td.outcome { white-space: nowrap; font-weight: 600; }
      .passed { color: light-dark(#0b6b3a, #6fd49d); }
      .failed { color: light-dark(#a3260f, #ff9b85); }
      .note { opacity: .8; }
      code { overflow-wrap: anywhere; }
      """;

  private StudyReport() {}

  /// The files that [#write] makes.
  public static List<Path> files(String study, Path folder) {
    return List.of(folder.resolve(study + ".html"), folder.resolve(study + ".json"));
  }

  /// Writes both files, each whole or not at all.
  ///
  /// @throws IOException if the folder or a file cannot be written
  public static void write(ReproduceResult result, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = files(result.paper(), folder);
    WholeFile.write(files.get(0), html(result));
    WholeFile.write(files.get(1), ViewJson.write(result) + "\n");
  }

  /// The report as a page.
  public static String html(ReproduceResult result) {
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
        .append(escaped(result.paper() + " on " + result.model()))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<h1>")
        .append(escaped(result.paper() + " on " + result.model()))
        .append("</h1>\n<p>")
        .append(escaped(result.source()))
        .append("</p>\n<p>")
        .append(
            escaped(
                String.format(
                    Locale.ROOT,
                    "%d checks passed, %d failed, %d not applicable to this model; %.0f seconds.",
                    result.passed(),
                    result.failed(),
                    result.notApplicable(),
                    result.seconds())))
        .append(
            "</p>\n<table>\n<thead><tr><th>check</th><th>published</th><th>measured</th><th>outcome</th></tr></thead>\n<tbody>\n");
    result.checks().forEach(check -> row(page, check));
    page.append("</tbody>\n</table>\n<p class=\"note\">weights <code>")
        .append(escaped(result.provenance().weightHash()))
        .append("</code>, ")
        .append(escaped(result.provenance().dtype()))
        .append(", seed ")
        .append(escaped(String.valueOf(result.provenance().seed())))
        .append(", version ")
        .append(escaped(result.provenance().codeVersion()))
        .append("</p>\n</body>\n</html>\n");
    return page.toString();
  }

  private static void row(StringBuilder page, StudyCheckView check) {
    Boolean passed = check.passed();
    String outcome = passed == null ? "not applicable" : passed ? "passed" : "failed";
    String style = passed == null ? "" : passed ? " passed" : " failed";
    page.append("<tr><td>")
        .append(escaped(check.name()))
        .append("<br><span class=\"note\">")
        .append(escaped(check.note()))
        .append("</span></td><td>")
        .append(escaped(check.published()))
        .append("</td><td>")
        .append(escaped(check.measured()))
        .append("</td><td class=\"outcome")
        .append(style)
        .append("\">")
        .append(outcome)
        .append("</td></tr>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
