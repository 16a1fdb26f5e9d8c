package io.lexiscope.cli.terminal;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The layers that an answer is limited to.
public final class LayerOptions {
  private static final Pattern ONE_OR_MORE = Pattern.compile("(-?\\d{1,6})|(\\d{1,6})-(\\d{1,6})");

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "L",
      description = "only these layers, from 0, such as 3 or 3,5 or 27-29; negatives from the end")
  private @Nullable List<String> layers;

  /// As they were named, ranges taken apart, or null for all.
  ///
  /// @throws UsageException if one is neither a layer nor a range
  public @Nullable List<Integer> layers() {
    return layers == null ? null : layers.stream().flatMap(LayerOptions::named).distinct().toList();
  }

  private static Stream<Integer> named(String text) {
    Matcher found = ONE_OR_MORE.matcher(text.strip());
    if (!found.matches()) {
      throw new UsageException(
          "--layers: expected a layer such as 3 or -1, or a range such as 3-7, got '" + text + "'");
    }
    if (found.group(1) != null) {
      return Stream.of(Integer.parseInt(found.group(1)));
    }
    int first = Integer.parseInt(found.group(2));
    int last = Integer.parseInt(found.group(3));
    return IntStream.rangeClosed(Math.min(first, last), Math.max(first, last)).boxed();
  }
}
