package io.lexiscope.model.weights;

import io.lexiscope.model.config.JsonSlip;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The parsed and checked header of a safetensors file.
///
/// @param metadata free texts of the writer
/// @param entries what is stored where, by name, in the order of the data
/// @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
record SafetensorsHeader(Map<String, String> metadata, Map<String, Entry> entries) {
  static final int LENGTH_BYTES = 8;
  static final long LARGEST = 100_000_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /// Where a tensor lies.
  ///
  /// @param type type of its elements
  /// @param shape sizes of its axes
  /// @param begin first byte, counted from the end of the header
  /// @param end first byte after it
  record Entry(StoredType type, List<Long> shape, long begin, long end) {}

  /// Parses a header.
  ///
  /// @param header the JSON text, undecoded
  /// @param dataBytes bytes that follow the header in the file
  /// @param file for messages
  /// @throws WeightsException if anything about it breaks the format
  static SafetensorsHeader parse(byte[] header, long dataBytes, Path file) {
    var root = object(header, file);
    var metadata = new LinkedHashMap<String, String>();
    var unordered = new ArrayList<Map.Entry<String, Entry>>();
    for (var property : root.properties()) {
      if (property.getKey().equals("__metadata__")) {
        readMetadata(property.getValue(), metadata, file);
      } else {
        unordered.add(
            Map.entry(
                property.getKey(), entry(property.getKey(), property.getValue(), dataBytes, file)));
      }
    }
    unordered.sort(
        Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
            .thenComparingLong(e -> e.getValue().end()));
    var entries = new LinkedHashMap<String, Entry>();
    long covered = 0;
    for (var named : unordered) {
      if (named.getValue().begin() != covered) {
        throw broken(
            "%s to begin at byte %d of the data, where the tensor before it ends"
                .formatted(named.getKey(), covered),
            "byte " + named.getValue().begin(),
            file);
      }
      covered = named.getValue().end();
      entries.put(named.getKey(), named.getValue());
    }
    if (covered != dataBytes) {
      throw broken(
          "%d bytes of data, as the header says".formatted(covered), dataBytes + " bytes", file);
    }
    return new SafetensorsHeader(
        Collections.unmodifiableMap(metadata), Collections.unmodifiableMap(entries));
  }

  private static JsonNode object(byte[] header, Path file) {
    if (header.length == 0 || header[0] != '{') {
      throw broken("a header that begins with {", "other bytes", file);
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString();
      var root = MAPPER.readTree(text);
      if (!root.isObject()) {
        throw broken("a JSON object as header", "something else", file);
      }
      return root;
    } catch (JacksonException e) {
      throw broken("a JSON header", JsonSlip.of(e), file, e);
    } catch (CharacterCodingException e) {
      throw broken("a header in UTF-8", "invalid bytes", file, e);
    }
  }

  private static void readMetadata(JsonNode node, Map<String, String> metadata, Path file) {
    if (!node.isObject()) {
      throw broken("__metadata__ to be an object", abbreviate(node), file);
    }
    for (var property : node.properties()) {
      if (!property.getValue().isString()) {
        throw broken(
            "a text for %s in __metadata__".formatted(property.getKey()),
            abbreviate(property.getValue()),
            file);
      }
      metadata.put(property.getKey(), property.getValue().stringValue());
    }
  }

  private static Entry entry(String name, JsonNode node, long dataBytes, Path file) {
    var dtype = node.get("dtype");
    var shape = node.get("shape");
    var offsets = node.get("data_offsets");
    if (dtype == null || !dtype.isString() || shape == null || offsets == null) {
      throw broken("dtype, shape and data_offsets for " + name, abbreviate(node), file);
    }
    var type =
        StoredType.named(dtype.stringValue())
            .orElseThrow(
                () ->
                    broken(
                        "one of %s as dtype of %s".formatted(List.of(StoredType.values()), name),
                        abbreviate(dtype),
                        file));
    var dimensions = naturals("the shape of " + name, shape, file);
    var bounds = naturals("the data_offsets of " + name, offsets, file);
    if (bounds.size() != 2 || bounds.get(0) > bounds.get(1) || bounds.get(1) > dataBytes) {
      throw broken(
          "data_offsets of %s to be [begin, end] within %d bytes of data"
              .formatted(name, dataBytes),
          abbreviate(offsets),
          file);
    }
    long bytes = type.bytes();
    try {
      for (long dimension : dimensions) {
        bytes = Math.multiplyExact(bytes, dimension);
      }
    } catch (ArithmeticException e) {
      throw broken("a size of " + name + " that can be counted", abbreviate(shape), file, e);
    }
    if (bytes != bounds.get(1) - bounds.get(0)) {
      throw broken(
          "%d bytes for %s of type %s and shape %s".formatted(bytes, name, type, dimensions),
          bounds.get(1) - bounds.get(0) + " bytes",
          file);
    }
    return new Entry(type, dimensions, bounds.get(0), bounds.get(1));
  }

  private static List<Long> naturals(String what, JsonNode node, Path file) {
    if (!node.isArray()) {
      throw broken(what + " to be a list of whole numbers", abbreviate(node), file);
    }
    var values = new ArrayList<Long>();
    for (var element : node) {
      if (!element.isIntegralNumber() || !element.canConvertToLong() || element.longValue() < 0) {
        throw broken(what + " to be a list of whole numbers from 0", abbreviate(node), file);
      }
      values.add(element.longValue());
    }
    return List.copyOf(values);
  }

  static WeightsException broken(String expected, String got, Path file) {
    return new WeightsException(
        "open weights: expected %s, got %s in %s; the file is damaged or incomplete, fetch it again"
            .formatted(expected, got, file));
  }

  private static WeightsException broken(String expected, String got, Path file, Exception cause) {
    var exception = broken(expected, got, file);
    exception.initCause(cause);
    return exception;
  }

  private static String abbreviate(JsonNode node) {
    String text = node.toString();
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
