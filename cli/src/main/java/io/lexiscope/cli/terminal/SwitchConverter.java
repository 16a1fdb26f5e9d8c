package io.lexiscope.cli.terminal;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `on` and `off`. Not as a `Boolean`, whose values picocli converts a second time.
public final class SwitchConverter implements ITypeConverter<SwitchConverter.Switch> {

  /// What can be switched.
  public enum Switch {
    ON,
    OFF
  }

  @Override
  public Switch convert(String value) {
    return switch (value) {
      case "on" -> Switch.ON;
      case "off" -> Switch.OFF;
      default -> throw new TypeConversionException("expected on or off, got " + value);
    };
  }
}
