package io.lexiscope.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What of a built repository goes into a distribution.
///
/// @param repository its root
/// @param jars folder of every jar of the class path
/// @param parts folder of the files that [ThirdPartyWorks] wrote
record Sources(Path repository, Path jars, Path parts) {
  private static final List<String> DOCUMENTS = List.of("README.md", "LICENSE", "NOTICE");
  private static final List<String> SCRIPTS =
      List.of("scripts/toolchain.sh", "scripts/java.options");

  /// Everything that the zip holds.
  List<Item> all() throws IOException {
    var items = new ArrayList<Item>();
    items.add(new Item("lexiscope", repository.resolve("lexiscope"), /* executable= */ true));
    for (var name : SCRIPTS) {
      items.add(plain(name, repository.resolve(name)));
    }
    items.addAll(documents());
    items.addAll(jarFiles());
    items.addAll(pageAndModels());
    return items;
  }

  /// Licences, notices, the list of parts; the texts of licences too that no jar brings along.
  List<Item> documents() throws IOException {
    var items = new ArrayList<Item>();
    for (var name : DOCUMENTS) {
      items.add(plain(name, repository.resolve(name)));
    }
    items.addAll(below("", parts, _ -> true));
    items.addAll(below("licences/", repository.resolve("distribution/licences"), _ -> true));
    return items;
  }

  /// Every jar of the class path.
  List<Item> jarFiles() throws IOException {
    var main = below("lib/", cli(), this::isCommandLine);
    if (main.size() != 1) {
      throw new DistributionException(
          "dist: expected the jar of the command line in "
              + cli()
              + ", got "
              + main.size()
              + "; package the module cli first");
    }
    var items = new ArrayList<>(main);
    items.addAll(below("lib/", jars, file -> file.toString().endsWith(".jar")));
    return items;
  }

  private Path cli() {
    return jars.resolveSibling(".").normalize();
  }

  private boolean isCommandLine(Path file) {
    return String.valueOf(file.getFileName()).matches("lexiscope-cli-[\\d.]+(-SNAPSHOT)?\\.jar")
        && cli().equals(file.getParent());
  }

  /// The built page and the bundled models.
  List<Item> pageAndModels() throws IOException {
    var page = repository.resolve("web/dist");
    if (!Files.isRegularFile(page.resolve("index.html"))) {
      throw new DistributionException(
          "dist: expected the built page in " + page + ", got none; build it first");
    }
    var items = new ArrayList<>(below("web/dist/", page, _ -> true));
    var models = repository.resolve("models");
    items.addAll(
        below(
            "models/",
            models,
            file ->
                !models.relativize(file).startsWith("target")
                    && models.relativize(file).getNameCount() > 1));
    return items;
  }

  private static List<Item> below(String prefix, Path folder, Predicate<Path> wanted)
      throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(wanted)
          .sorted()
          .map(file -> plain(prefix + folder.relativize(file).toString().replace('\\', '/'), file))
          .toList();
    }
  }

  private static Item plain(String name, Path file) {
    return new Item(name, file, /* executable= */ false);
  }
}
