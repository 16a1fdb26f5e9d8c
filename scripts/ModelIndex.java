import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/// Lists the files of the bundled models, one a line: SHA-256, bytes, `model/file`.
///
/// Run by the build: `java ModelIndex.java MODELS INDEX`.
class ModelIndex {
  public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
    Path models = Path.of(arguments[0]);
    Path index = Path.of(arguments[1]);
    var lines = new TreeMap<String, String>();
    try (var files = Files.walk(models, 2)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = models.relativize(file).toString().replace('\\', '/');
        if (name.matches("\\w[\\w-]*/(README\\.md|[\\w.]+\\.(json|safetensors))")
            && !name.startsWith("target/")) {
          byte[] bytes = Files.readAllBytes(file);
          byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
          lines.put(name, HexFormat.of().formatHex(hash) + " " + bytes.length + " " + name);
        }
      }
    }
    Files.createDirectories(index.getParent());
    Files.writeString(index, String.join("\n", lines.values()) + "\n");
  }
}
