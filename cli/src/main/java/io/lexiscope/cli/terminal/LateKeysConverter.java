package io.lexiscope.cli.terminal;

import io.lexiscope.model.forward.LateKeys;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads how skipped layers get their keys and values.
public final class LateKeysConverter implements ITypeConverter<LateKeys> {
  @Override
  public LateKeys convert(String name) {
    return Arrays.stream(LateKeys.values())
        .filter(late -> optionName(late).equals(name))
        .findFirst()
        .orElseThrow(
            () -> new TypeConversionException("expected exact or copied, got '" + name + "'"));
  }

  /// The name on the command line.
  public static String optionName(LateKeys late) {
    return late.name().toLowerCase(Locale.ROOT);
  }
}
