package io.lexiscope.train.random;

import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.family.Families;
import io.lexiscope.model.family.ModelConfig;
import io.lexiscope.model.source.ModelSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Shapes of models by name.
public final class KnownShapes {
  private static final String FILE = "shapes.json";

  private KnownShapes() {}

  /// Names of the shapes that are known without a file.
  public static List<String> names() {
    return List.copyOf(shapes().propertyNames());
  }

  /// The configuration of a shape.
  ///
  /// @param name a known name, or a `config.json` or the folder it is in
  /// @param dtype what the configuration says of the stored weights, such as `float32`
  /// @throws ConfigException if there is neither
  public static ModelConfig named(String name, String dtype) {
    JsonNode known = shapes().get(name);
    if (known instanceof ObjectNode config) {
      config.put("torch_dtype", dtype);
      return Families.read(ConfigJson.parse(config.toString(), "the shape " + name));
    }
    if (isConfig(name)) {
      Path path = Path.of(name);
      return Files.isDirectory(path)
          ? Families.read(ModelSource.of(path))
          : Families.read(ConfigJson.read(path));
    }
    throw new ConfigException(
        "new: expected one of %s, or a config.json, got %s"
            .formatted(String.join(", ", names()), name));
  }

  private static boolean isConfig(String name) {
    try {
      Path path = Path.of(name);
      return !name.isBlank()
          && (Files.isRegularFile(path) || Files.isRegularFile(path.resolve("config.json")));
    } catch (InvalidPathException notAPath) {
      return false;
    }
  }

  private static ObjectNode shapes() {
    try (InputStream in =
        Objects.requireNonNull(KnownShapes.class.getResourceAsStream(FILE), FILE)) {
      return (ObjectNode) JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
