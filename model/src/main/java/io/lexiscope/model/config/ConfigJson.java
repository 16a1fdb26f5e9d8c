package io.lexiscope.model.config;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.RegularFile;
import io.lexiscope.base.WholeFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A JSON object whose values are asked for by key and type, with errors that name the key, the
/// value and the file.
///
/// A key whose value is `null` counts as absent, as in the reference library. Every question may
/// give several keys; the first that is present answers.
public final class ConfigJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final JsonNode root;
  private final String place;

  private ConfigJson(JsonNode root, String place) {
    this.root = root;
    this.place = place;
  }

  /// Reads a file.
  ///
  /// @param file a JSON file, such as `config.json`
  /// @throws ConfigException if it is absent, unreadable or not a JSON object
  public static ConfigJson read(Path file) {
    try {
      return parse(Files.readString(RegularFile.check(file)), file.toString());
    } catch (NoSuchFileException e) {
      throw new ConfigException(
          "config: expected a file, got nothing at %s; a model folder holds config.json, a tokenizer and *.safetensors"
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new ConfigException(
          "config: expected readable UTF-8 text, got %s at %s".formatted(OneLine.of(e), file), e);
    }
  }

  /// Reads text.
  ///
  /// @param json a JSON object
  /// @param place where the text came from, for messages
  /// @throws ConfigException if it is not a JSON object
  public static ConfigJson parse(String json, String place) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new ConfigException(
          "config: expected JSON, got %s in %s".formatted(JsonSlip.of(e), place), e);
    }
    if (root == null || !root.isObject()) {
      throw new ConfigException("config: expected a JSON object, got something else in " + place);
    }
    return new ConfigJson(root, place);
  }

  /// Makes an object for a network that has no file yet.
  ///
  /// @param values texts, numbers, truth values, and lists and maps of them, by key
  /// @param place what to call it in messages
  public static ConfigJson of(Map<String, ?> values, String place) {
    return new ConfigJson(MAPPER.valueToTree(values), place);
  }

  /// Writes the object; the file is whole or as it was.
  ///
  /// @param file where it shall be; replaced if it exists
  /// @throws ConfigException if it cannot be written
  public void write(Path file) {
    try {
      WholeFile.write(file, json());
    } catch (IOException e) {
      throw new ConfigException(
          "config: expected to write %s, got %s; check the folder and the space left on the disk"
              .formatted(file, OneLine.of(e)),
          e);
    }
  }

  /// Where the object came from.
  public String place() {
    return place;
  }

  /// The object as indented JSON text.
  public String json() {
    return MAPPER.writeValueAsString(root) + "\n";
  }

  /// Whether one of the keys has a value other than null.
  ///
  /// @param keys keys to look for
  public boolean has(String... keys) {
    return find(keys) != null;
  }

  /// Whether a key is there with the value null, which in some families differs from its absence.
  ///
  /// @param key name of the key
  public boolean isNull(String key) {
    var value = root.get(key);
    return value != null && value.isNull();
  }

  /// A whole number that must be there.
  ///
  /// @param keys names of the key, preferred first
  /// @throws ConfigException if it is absent or not a whole number
  public int integer(String... keys) {
    return optionalInteger(keys)
        .orElseThrow(
            () ->
                new ConfigException(
                    "config: expected a whole number for %s, got nothing in %s; add the key"
                        .formatted(String.join(" or ", keys), place)));
  }

  /// A whole number, or a default.
  ///
  /// @param fallback what an absent key means
  /// @param keys names of the key, preferred first
  /// @throws ConfigException if it is not a whole number
  public int integerOr(int fallback, String... keys) {
    return optionalInteger(keys).orElse(fallback);
  }

  /// A whole number, if it is there.
  ///
  /// @param keys names of the key, preferred first
  /// @throws ConfigException if it is not a whole number
  public OptionalInt optionalInteger(String... keys) {
    var found = find(keys);
    if (found == null) {
      return OptionalInt.empty();
    }
    if (found.value.isNumber()) {
      try {
        return OptionalInt.of(decimal(found).intValueExact());
      } catch (ArithmeticException e) {
        throw illTyped(found, "a whole number of 32 bits");
      }
    }
    throw illTyped(found, "a whole number");
  }

  /// A number, or a default.
  ///
  /// @param fallback what an absent key means
  /// @param keys names of the key, preferred first
  /// @throws ConfigException if it is not a finite number
  public double numberOr(double fallback, String... keys) {
    return optionalNumber(keys).orElse(fallback);
  }

  /// A number that must be there.
  ///
  /// @param keys names of the key, preferred first
  /// @throws ConfigException if it is absent or not a finite number
  public double number(String... keys) {
    return optionalNumber(keys)
        .orElseThrow(
            () ->
                new ConfigException(
                    "config: expected a number for %s, got nothing in %s; add the key"
                        .formatted(String.join(" or ", keys), place)));
  }

  /// A number, if it is there.
  ///
  /// @param keys names of the key, preferred first
  /// @throws ConfigException if it is not a finite number
  public OptionalDouble optionalNumber(String... keys) {
    var found = find(keys);
    if (found == null) {
      return OptionalDouble.empty();
    }
    if (found.value.isNumber()) {
      double value = decimal(found).doubleValue();
      if (Double.isFinite(value)) {
        return OptionalDouble.of(value);
      }
    }
    throw illTyped(found, "a number");
  }

  /// A truth value, or a default.
  ///
  /// @param fallback what an absent key means
  /// @param keys names of the key, preferred first
  /// @throws ConfigException if it is neither true nor false
  public boolean flagOr(boolean fallback, String... keys) {
    var found = find(keys);
    if (found == null) {
      return fallback;
    }
    if (!found.value.isBoolean()) {
      throw illTyped(found, "true or false");
    }
    return found.value.booleanValue();
  }

  /// A text, or a default.
  ///
  /// @param fallback what an absent key means
  /// @param keys names of the key, preferred first
  /// @throws ConfigException if it is not a text
  public String textOr(String fallback, String... keys) {
    var found = find(keys);
    if (found == null) {
      return fallback;
    }
    if (!found.value.isString()) {
      throw illTyped(found, "a text");
    }
    return found.value.stringValue();
  }

  /// One whole number or a list of them, as settings of token ids are written; empty if absent.
  ///
  /// @param key name of the key
  /// @throws ConfigException if one is not a whole number of 0 or more
  public Set<Integer> integers(String key) {
    var found = find(key);
    if (found == null) {
      return Set.of();
    }
    var values = new LinkedHashSet<Integer>();
    for (var element : found.value.isArray() ? found.value : List.of(found.value)) {
      if (!element.isInt() || element.intValue() < 0) {
        throw illTyped(new Found(key, element), "a whole number of 0 or more");
      }
      values.add(element.intValue());
    }
    return Collections.unmodifiableSet(values);
  }

  /// A list of texts, empty if absent.
  ///
  /// @param key name of the key
  /// @throws ConfigException if it is not a list of texts
  public List<String> texts(String key) {
    var values = new ArrayList<String>();
    for (var element : elements(key, "a list of texts")) {
      if (!element.value.isString()) {
        throw illTyped(element, "a text");
      }
      values.add(element.value.stringValue());
    }
    return List.copyOf(values);
  }

  /// A list of numbers, empty if absent.
  ///
  /// @param key name of the key
  /// @throws ConfigException if it is not a list of finite numbers
  public List<Double> numbers(String key) {
    var values = new ArrayList<Double>();
    for (var element : elements(key, "a list of numbers")) {
      if (!element.value.isNumber()) {
        throw illTyped(element, "a number");
      }
      values.add(decimal(element).doubleValue());
    }
    return List.copyOf(values);
  }

  /// GPT-Neo's `[[["global", "local"], 12], …]`, expanded; empty if absent.
  ///
  /// @param key name of the key
  /// @param limit largest length wanted; more is refused before it is built
  /// @throws ConfigException if it has another form
  public List<String> repeatedTexts(String key, int limit) {
    var values = new ArrayList<String>();
    String form = "a list of [[names], times]";
    for (var element : elements(key, form)) {
      var pair = element.value;
      if (!pair.isArray()
          || pair.size() != 2
          || !pair.get(0).isArray()
          || pair.get(0).isEmpty()
          || !pair.get(1).isInt()) {
        throw illTyped(element, form);
      }
      for (int i = 0; i < pair.get(1).intValue(); i++) {
        for (var name : pair.get(0)) {
          if (!name.isString() || values.size() >= limit) {
            throw illTyped(element, form + " with %d names in all".formatted(limit));
          }
          values.add(name.stringValue());
        }
      }
    }
    return List.copyOf(values);
  }

  /// An object inside this one, if it is there and not empty.
  ///
  /// @param key name of the key
  /// @throws ConfigException if it is not an object
  public Optional<ConfigJson> child(String key) {
    var found = find(key);
    if (found == null) {
      return Optional.empty();
    }
    if (!found.value.isObject()) {
      throw illTyped(found, "an object");
    }
    return found.value.isEmpty()
        ? Optional.empty()
        : Optional.of(new ConfigJson(found.value, key + " of " + place));
  }

  /// Number of entries of an object inside this one, if it is there.
  ///
  /// @param key name of the key
  public OptionalInt size(String key) {
    var found = find(key);
    return found == null ? OptionalInt.empty() : OptionalInt.of(found.value.size());
  }

  private List<Found> elements(String key, String form) {
    var found = find(key);
    if (found == null) {
      return List.of();
    }
    if (!found.value.isArray()) {
      throw illTyped(found, form);
    }
    var elements = new ArrayList<Found>();
    for (var element : found.value) {
      elements.add(new Found(key, element));
    }
    return elements;
  }

  private @Nullable Found find(String... keys) {
    for (var key : keys) {
      var value = root.get(key);
      if (value != null && !value.isNull()) {
        return new Found(key, value);
      }
    }
    return null;
  }

  private BigDecimal decimal(Found found) {
    try {
      var value = found.value.decimalValue();
      if (Math.abs((long) value.precision() - value.scale()) > 400) {
        throw illTyped(found, "a number of ordinary size");
      }
      return value;
    } catch (JacksonException | ArithmeticException e) {
      var exception = illTyped(found, "a finite number");
      exception.initCause(e);
      throw exception;
    }
  }

  private ConfigException illTyped(Found found, String expected) {
    return new ConfigException(
        "config: expected %s for %s, got %s in %s"
            .formatted(expected, found.key, JsonSlip.kind(found.value), place));
  }

  private record Found(String key, JsonNode value) {}
}
