package io.lexiscope.cli.terminal;

import io.lexiscope.base.PlainText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a finite number in decimals.
public final class DecimalConverter implements ITypeConverter<Double> {
  @Override
  public Double convert(String value) {
    try {
      return PlainText.decimal(value);
    } catch (NumberFormatException none) {
      throw new TypeConversionException(String.valueOf(none.getMessage()));
    }
  }
}
