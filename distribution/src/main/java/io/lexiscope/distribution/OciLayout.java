package io.lexiscope.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An unpacked image in the layout of the Open Container Initiative.
///
/// @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">the
///   layout</a>
final class OciLayout {
  private static final JsonMapper JSON = new JsonMapper();

  private OciLayout() {}

  /// The layers of its one image, lowest first.
  static List<Path> layers(Path layout) throws IOException {
    var index = JSON.readTree(Files.readString(layout.resolve("index.json")));
    var manifest = JSON.readTree(Files.readString(blob(layout, index.path("manifests").path(0))));
    var layers = new ArrayList<Path>();
    for (var layer : manifest.path("layers")) {
      layers.add(blob(layout, layer));
    }
    return layers;
  }

  private static Path blob(Path layout, JsonNode descriptor) {
    var digest = descriptor.path("digest").asString("").split(":", 2);
    if (digest.length != 2) {
      throw new DistributionException(
          "dist: expected a digest in the image's layout, got " + descriptor);
    }
    return layout.resolve("blobs").resolve(digest[0]).resolve(digest[1]);
  }
}
