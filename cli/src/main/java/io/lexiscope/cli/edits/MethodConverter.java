package io.lexiscope.cli.edits;

import io.lexiscope.workbench.edits.EditMethodName;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the name of an editing method, with or without its dashes.
final class MethodConverter implements ITypeConverter<EditMethodName> {
  @Override
  public EditMethodName convert(String value) {
    String plain = plain(value);
    return Arrays.stream(EditMethodName.values())
        .filter(name -> plain(name.name()).equals(plain))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected shift, gradient, imprint-only, shift-only, rome, memit, alphaedit or fine-tuning, got "
                        + value));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }
}
