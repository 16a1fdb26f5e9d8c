package io.lexiscope.workbench.job;

import io.lexiscope.workbench.Tables;
import io.lexiscope.workbench.activations.ActivationsResult;
import io.lexiscope.workbench.ask.InterventionFile;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.clusters.ClustersResult;
import io.lexiscope.workbench.detox.DetoxPlot;
import io.lexiscope.workbench.detox.DetoxResult;
import io.lexiscope.workbench.events.EventsResult;
import io.lexiscope.workbench.exit.ExitResult;
import io.lexiscope.workbench.lens.LensCsv;
import io.lexiscope.workbench.lens.LensResult;
import io.lexiscope.workbench.study.ReproduceResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The files of a finished job: its result as JSON, as a table and as a picture where it has them,
/// and what it wrote itself. Nothing else on the machine can be named: a file is found by comparing
/// its name with those offered, never by making a path of what was asked for.
public final class JobFiles {
  private static final String JSON = "application/json";
  private static final String CSV = "text/csv; charset=utf-8";
  private static final Map<String, String> TYPES =
      Map.of("json", JSON, "csv", CSV, "svg", "image/svg+xml", "html", "text/html; charset=utf-8");

  private JobFiles() {}

  /// A file and where its bytes come from: made of the result, or read from where the job wrote it.
  private record Offer(JobFile file, @Nullable Supplier<String> made, @Nullable Path written) {
    static Offer made(String name, String type, Supplier<String> text) {
      return new Offer(new JobFile(name, type), text, /* written= */ null);
    }

    static Offer written(Path path) {
      var name = String.valueOf(path.getFileName());
      var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      var type = TYPES.getOrDefault(extension, "application/octet-stream");
      return new Offer(new JobFile(name, type), /* made= */ null, path);
    }
  }

  /// What a job with this result has to offer, `result.json` first; nothing without a result.
  public static List<JobFile> of(@Nullable Record result) {
    return offers(result).stream().map(Offer::file).toList();
  }

  /// The media type of one of the files.
  ///
  /// @throws WorkbenchException of kind `notFound` when the job offers none of that name
  public static String type(@Nullable Record result, String name) {
    return offer(result, name).file().type();
  }

  /// The bytes of one of the files; the caller closes the stream.
  ///
  /// @throws WorkbenchException of kind `notFound` when the job offers none of that name, or the
  ///   file it wrote is gone
  public static InputStream open(@Nullable Record result, String name) {
    var offer = offer(result, name);
    var made = offer.made();
    var written = offer.written();
    if (made != null) {
      return new ByteArrayInputStream(made.get().getBytes(StandardCharsets.UTF_8));
    }
    if (written == null || !Files.isRegularFile(written, LinkOption.NOFOLLOW_LINKS)) {
      throw gone(name, /* cause= */ null);
    }
    try {
      return Files.newInputStream(written);
    } catch (IOException e) {
      throw gone(name, e);
    }
  }

  private static WorkbenchException gone(String name, @Nullable Throwable cause) {
    return new WorkbenchException(
        ProblemKind.NOT_FOUND,
        "job: expected the file "
            + name
            + " where the job wrote it, got none; it was moved or deleted since, run the job again",
        /* field= */ null,
        cause);
  }

  private static Offer offer(@Nullable Record result, String name) {
    var offers = offers(result);
    return offers.stream()
        .filter(offer -> offer.file().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new WorkbenchException(
                    ProblemKind.NOT_FOUND,
                    "job: expected one of the files "
                        + offers.stream().map(offer -> offer.file().name()).toList()
                        + ", got "
                        + name));
  }

  private static List<Offer> offers(@Nullable Record result) {
    if (result == null) {
      return List.of();
    }
    List<Offer> offers = new ArrayList<>();
    offers.add(Offer.made("result.json", JSON, () -> ViewJson.writePretty(result) + "\n"));
    switch (result) {
      case LensResult lens ->
          offers.add(Offer.made("readings.csv", CSV, () -> LensCsv.write(lens)));
      case ClustersResult clusters ->
          offers.add(Offer.made("clusters.csv", CSV, () -> Tables.clusters(clusters)));
      case EventsResult events ->
          offers.add(Offer.made("layers.csv", CSV, () -> Tables.events(events)));
      case DetoxResult detox -> detox(detox, offers);
      case ExitResult exit -> exit(exit, offers);
      case ActivationsResult activations ->
          offers.add(Offer.written(Path.of(activations.output())));
      case ReproduceResult study ->
          study.written().stream().map(Path::of).map(Offer::written).forEach(offers::add);
      default -> {
        // Every other result is whole in its JSON.
      }
    }
    return offers;
  }

  private static void detox(DetoxResult detox, List<Offer> offers) {
    offers.add(Offer.made("rows.csv", CSV, () -> Tables.detox(detox)));
    offers.add(Offer.made("doses.svg", "image/svg+xml", () -> DetoxPlot.write(detox)));
    var file =
        new InterventionFile(
            InterventionFile.VERSION,
            detox.model(),
            "chosen by detox: " + detox.method().selection(),
            detox.interventions());
    offers.add(Offer.made("interventions.json", JSON, () -> ViewJson.writePretty(file) + "\n"));
  }

  private static void exit(ExitResult exit, List<Offer> offers) {
    offers.add(Offer.made("rules.csv", CSV, () -> Tables.exit(exit)));
    var rule = exit.learned();
    if (rule != null) {
      offers.add(Offer.made("rule.json", JSON, () -> ViewJson.writePretty(rule) + "\n"));
    }
  }
}
