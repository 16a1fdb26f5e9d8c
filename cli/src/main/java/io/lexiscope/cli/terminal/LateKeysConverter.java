package io.lexiscope.cli.terminal;

import io.lexiscope.workbench.ask.LateKeys;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads how skipped layers get their keys and values.
public final class LateKeysConverter implements ITypeConverter<LateKeys> {
  @Override
  public LateKeys convert(String name) {
    return Arrays.stream(LateKeys.values())
        .filter(late -> late.optionName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new TypeConversionException("expected exact or copied, got '" + name + "'"));
  }
}
