package io.lexiscope.model.config;

import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Says where a JSON file is broken, and nothing of what it holds: whoever asks may name files that
/// are not theirs to read.
public final class JsonSlip {
  private JsonSlip() {}

  /// What is wrong and where: by line and column, or by the fields that lead there. A field that is
  /// not known is named only inside one that is: there the file is what it is taken for.
  public static String of(JacksonException thrown) {
    return switch (thrown) {
      case UnexpectedEndOfInputException _ -> "an end too early" + at(thrown);
      case StreamReadException e when isDuplicate(e) -> "a key given twice" + at(thrown);
      case StreamReadException _ -> "no JSON" + at(thrown);
      case UnrecognizedPropertyException e when e.getPath().size() < 2 ->
          "a field that is not known" + at(thrown);
      case UnrecognizedPropertyException e -> "a field that is not known, " + fields(e);
      case DatabindException e when !e.getPath().isEmpty() ->
          "a value that is missing or of another type in " + fields(e);
      default -> "a value that is missing or of another type" + at(thrown);
    };
  }

  /// A value as it may stand in a message: numbers and flags as they are, of everything else what
  /// it is.
  public static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER -> {
        String number = value.asString();
        yield number.length() > 24 ? "a number of %d digits".formatted(number.length()) : number;
      }
      case BOOLEAN -> value.asString();
      case NULL -> "null";
      case STRING -> "a text";
      case ARRAY -> "a list of " + value.size();
      case OBJECT -> "an object";
      case MISSING -> "nothing";
      case BINARY, POJO -> "another value";
    };
  }

  private static String at(JacksonException thrown) {
    var at = thrown.getLocation();
    return at == null || at.getLineNr() < 1
        ? ""
        : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private static String fields(DatabindException thrown) {
    return thrown.getPath().stream()
        .map(
            reference ->
                reference.getPropertyName() == null
                    ? "[" + reference.getIndex() + "]"
                    : reference.getPropertyName())
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  private static boolean isDuplicate(StreamReadException thrown) {
    return String.valueOf(thrown.getOriginalMessage()).startsWith("Duplicate Object property");
  }
}
