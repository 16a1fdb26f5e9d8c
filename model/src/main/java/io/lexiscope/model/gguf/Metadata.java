package io.lexiscope.model.gguf;

import io.lexiscope.base.Digest;
import io.lexiscope.model.config.ConfigException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a file says of itself, asked for by key and type, with errors that name the key, the value
/// and the file.
public final class Metadata {
  private final Path file;
  private final Map<String, Entry> entries;

  Metadata(Path file, Map<String, Entry> entries) {
    this.file = file;
    this.entries = entries;
  }

  /// A value and the bytes it was read from.
  record Entry(Value value, MemorySegment bytes) {}

  /// The file, for messages.
  public Path file() {
    return file;
  }

  /// Every key, in the order of the file.
  public Set<String> keys() {
    return entries.keySet();
  }

  /// Whether a key is there.
  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /// Number of elements of a list; empty where the key is absent or no list.
  public OptionalInt size(String key) {
    return value(key) instanceof Value.Items items
        ? OptionalInt.of(items.count())
        : OptionalInt.empty();
  }

  /// A text, if it is there.
  ///
  /// @throws ConfigException if it is not a text
  public Optional<String> text(String key) {
    return switch (value(key)) {
      case null -> Optional.empty();
      case Value.Text text -> Optional.of(text.text());
      case Value other -> throw illTyped(key, "a text", other);
    };
  }

  /// A whole number, if it is there. A list whose elements are all the same counts as that number:
  /// some writers give one for every layer.
  ///
  /// @throws ConfigException if it is not a whole number of 32 bits
  public OptionalInt integer(String key) {
    Value value = value(key);
    if (value instanceof Value.Items items && items.count() > 0) {
      List<Value> all = items.values();
      if (all.isEmpty() || all.stream().anyMatch(each -> !each.equals(all.getFirst()))) {
        throw illTyped(key, "one whole number for all layers", items);
      }
      value = all.getFirst();
    }
    return switch (value) {
      case null -> OptionalInt.empty();
      case Value.Whole(long number) when number == (int) number -> OptionalInt.of((int) number);
      case Value other -> throw illTyped(key, "a whole number of 32 bits", other);
    };
  }

  /// A number, if it is there.
  ///
  /// @throws ConfigException if it is not a finite number
  public Optional<Double> number(String key) {
    return switch (value(key)) {
      case null -> Optional.empty();
      case Value.Real(double number) when Double.isFinite(number) -> Optional.of(number);
      case Value.Whole(long number) -> Optional.of((double) number);
      case Value other -> throw illTyped(key, "a finite number", other);
    };
  }

  /// A truth value, if it is there.
  ///
  /// @throws ConfigException if it is neither true nor false
  public Optional<Boolean> flag(String key) {
    return switch (value(key)) {
      case null -> Optional.empty();
      case Value.Flag(boolean flag) -> Optional.of(flag);
      case Value other -> throw illTyped(key, "true or false", other);
    };
  }

  /// A list of texts, empty if absent.
  ///
  /// @throws ConfigException if it is not a list of texts
  public List<String> texts(String key) {
    return switch (value(key)) {
      case null -> List.of();
      case Value.Items items when items.type() == ValueType.STRING -> items.texts();
      case Value other -> throw illTyped(key, "a list of texts", other);
    };
  }

  /// A list of whole numbers, empty if absent.
  ///
  /// @throws ConfigException if it is not a list of whole numbers of 32 bits
  public List<Integer> integers(String key) {
    return items(key, "a list of whole numbers").stream()
        .map(
            each -> {
              if (each instanceof Value.Whole(long number) && number == (int) number) {
                return (int) number;
              }
              throw illTyped(key, "a list of whole numbers of 32 bits", each);
            })
        .toList();
  }

  /// A list of numbers, empty if absent.
  ///
  /// @throws ConfigException if it is not a list of numbers
  public List<Double> numbers(String key) {
    return items(key, "a list of numbers").stream()
        .map(
            each ->
                switch (each) {
                  case Value.Whole(long number) -> (double) number;
                  case Value.Real(double number) -> number;
                  case Value other -> throw illTyped(key, "a list of numbers", other);
                })
        .toList();
  }

  /// A list of bytes, empty if absent.
  ///
  /// @throws ConfigException if it is not a list of bytes
  public byte[] bytes(String key) {
    return switch (value(key)) {
      case null -> new byte[0];
      case Value.Items items
          when items.type() == ValueType.INT8 || items.type() == ValueType.UINT8 ->
          items.raw();
      case Value other -> throw illTyped(key, "a list of bytes", other);
    };
  }

  /// SHA-256 over keys and values, as they stand in the file, of all keys that are asked for, in
  /// the order of their names; in hexadecimal digits.
  public String hash(Predicate<String> wanted) {
    Digest digest = Digest.sha256();
    entries.keySet().stream()
        .filter(wanted)
        .sorted()
        .forEach(
            key ->
                digest.add(
                    Objects.requireNonNull(entries.get(key))
                        .bytes()
                        .toArray(ValueLayout.JAVA_BYTE)));
    return digest.hex();
  }

  private List<Value> items(String key, String wanted) {
    return switch (value(key)) {
      case null -> List.of();
      case Value.Items items
          when items.type() != ValueType.STRING && items.type() != ValueType.ARRAY ->
          items.values();
      case Value other -> throw illTyped(key, wanted, other);
    };
  }

  private @Nullable Value value(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  private ConfigException illTyped(String key, String expected, Value got) {
    String text =
        switch (got) {
          case Value.Whole(long number) -> Long.toString(number);
          case Value.Real(double number) -> Double.toString(number);
          case Value.Flag(boolean flag) -> Boolean.toString(flag);
          case Value.Text _ -> "a text";
          case Value.Items items -> "%d of %s".formatted(items.count(), items.type());
        };
    return new ConfigException(
        "config: expected %s for %s, got %s in %s".formatted(expected, key, text, file));
  }
}
