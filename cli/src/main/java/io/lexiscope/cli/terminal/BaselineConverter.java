package io.lexiscope.cli.terminal;

import io.lexiscope.model.reading.Baseline;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads what logits stand above by the name it has in JSON.
public final class BaselineConverter implements ITypeConverter<Baseline> {
  @Override
  public Baseline convert(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "mean" -> Baseline.MEAN;
      case "none" -> Baseline.NONE;
      default -> throw new TypeConversionException("expected mean or none, got " + name);
    };
  }
}
