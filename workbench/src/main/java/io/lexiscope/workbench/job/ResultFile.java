package io.lexiscope.workbench.job;

import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A file that a result has to offer, and where its bytes come from: made of the result when asked
/// for, or read from where answering wrote it.
///
/// @param file its name and media type
/// @param bytes where they come from
public record ResultFile(JobFile file, Bytes bytes) {
  private static final String JSON = "application/json";
  private static final String CSV = "text/csv; charset=utf-8";
  private static final String SVG = "image/svg+xml";
  private static final String HTML = "text/html; charset=utf-8";
  private static final Map<String, String> TYPES =
      Map.of("json", JSON, "csv", CSV, "svg", SVG, "html", HTML);

  /// Where the bytes of a file come from.
  public sealed interface Bytes {
    /// Made of the result.
    record Made(Supplier<String> text) implements Bytes {}

    /// In a file that answering wrote.
    record Written(Path path) implements Bytes {}
  }

  /// A document, indented.
  public static ResultFile json(String name, Object document) {
    return made(name, JSON, () -> ViewJson.writePretty(document) + "\n");
  }

  /// A table of comma-separated values.
  public static ResultFile csv(String name, Supplier<String> table) {
    return made(name, CSV, table);
  }

  /// A picture.
  public static ResultFile svg(String name, Supplier<String> picture) {
    return made(name, SVG, picture);
  }

  /// A page that stands alone.
  public static ResultFile html(String name, Supplier<String> page) {
    return made(name, HTML, page);
  }

  /// A file that answering wrote; its type is told by its name.
  public static ResultFile written(Path path) {
    var name = String.valueOf(path.getFileName());
    var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    var type = TYPES.getOrDefault(extension, "application/octet-stream");
    return new ResultFile(new JobFile(name, type), new Bytes.Written(path));
  }

  private static ResultFile made(String name, String type, Supplier<String> text) {
    return new ResultFile(new JobFile(name, type), new Bytes.Made(text));
  }

  /// The one of a name among those offered.
  ///
  /// @throws WorkbenchException of kind `notFound` when none has it
  static ResultFile named(String name, List<ResultFile> offered) {
    return offered.stream()
        .filter(offer -> offer.file().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new WorkbenchException(
                    ProblemKind.NOT_FOUND,
                    "job: expected one of the files "
                        + offered.stream().map(offer -> offer.file().name()).toList()
                        + ", got "
                        + name));
  }

  /// Whether it is a table of comma-separated values.
  public boolean isTable() {
    return file.type().equals(CSV);
  }

  /// Its bytes; the caller closes the stream.
  ///
  /// @throws WorkbenchException of kind `notFound` when the file that was written is gone
  public InputStream open() {
    return switch (bytes) {
      case Bytes.Made made ->
          new ByteArrayInputStream(made.text().get().getBytes(StandardCharsets.UTF_8));
      case Bytes.Written written -> open(written.path());
    };
  }

  private InputStream open(Path path) {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw gone(/* cause= */ null);
    }
    try {
      return Files.newInputStream(path);
    } catch (IOException e) {
      throw gone(e);
    }
  }

  private WorkbenchException gone(@Nullable Throwable cause) {
    return new WorkbenchException(
        ProblemKind.NOT_FOUND,
        "job: expected the file "
            + file.name()
            + " where the job wrote it, got none; it was moved or deleted since, run the job again",
        /* field= */ null,
        cause);
  }
}
