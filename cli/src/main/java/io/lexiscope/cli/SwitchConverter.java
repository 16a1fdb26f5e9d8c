package io.lexiscope.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `on` and `off`.
final class SwitchConverter implements ITypeConverter<Boolean> {
  @Override
  public Boolean convert(String value) {
    return switch (value) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new TypeConversionException("expected on or off, got " + value);
    };
  }
}
