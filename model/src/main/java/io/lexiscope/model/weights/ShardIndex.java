package io.lexiscope.model.weights;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.RegularFile;
import io.lexiscope.model.config.JsonSlip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The list of shards: `{"weight_map": {"tensor name": "file name", …}}`.
final class ShardIndex {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private ShardIndex() {}

  /// Reads an index.
  ///
  /// @param index path of `model.safetensors.index.json`
  /// @return file name by tensor name
  /// @throws WeightsException if it is unreadable, has another form, or names a file outside its
  ///   folder
  static Map<String, String> read(Path index) {
    var files = new LinkedHashMap<String, String>();
    JsonNode map;
    try {
      var root = MAPPER.readTree(Files.readString(RegularFile.check(index)));
      map = root.isObject() ? root.get("weight_map") : null;
    } catch (JacksonException e) {
      throw new WeightsException(
          "open weights: expected JSON, got %s in %s".formatted(JsonSlip.of(e), index), e);
    } catch (IOException e) {
      throw new WeightsException(
          "open weights: expected a readable file, got %s at %s".formatted(OneLine.of(e), index),
          e);
    }
    if (map == null || !map.isObject() || map.isEmpty()) {
      throw new WeightsException(
          "open weights: expected a weight_map of tensor names to file names, got none in %s; fetch the file again"
              .formatted(index));
    }
    for (var entry : map.properties()) {
      String file = entry.getValue().isString() ? entry.getValue().stringValue() : "";
      if (!file.endsWith(".safetensors") || !file.matches("[^/\\\\\\p{Cntrl}]+")) {
        throw new WeightsException(
            "open weights: expected the name of a safetensors file for %s, got %s in %s"
                .formatted(entry.getKey(), entry.getValue(), index));
      }
      files.put(entry.getKey(), file);
    }
    return files;
  }
}
