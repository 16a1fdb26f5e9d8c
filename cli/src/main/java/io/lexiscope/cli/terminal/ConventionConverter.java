package io.lexiscope.cli.terminal;

import io.lexiscope.analysis.lens.LensConvention;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a lens convention by the name it has in JSON.
public final class ConventionConverter implements ITypeConverter<LensConvention> {
  @Override
  public LensConvention convert(String name) {
    String wanted = plain(name);
    return Arrays.stream(LensConvention.values())
        .filter(convention -> plain(convention.name()).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException("expected finalNorm, raw or frozenScale, got " + name));
  }

  private static String plain(String name) {
    return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }
}
