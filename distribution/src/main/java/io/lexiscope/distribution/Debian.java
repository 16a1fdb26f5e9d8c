package io.lexiscope.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The packages of Debian that the JVM and the native libraries need, and nothing else of a system.
final class Debian {
  /// The C library, C++ and OpenMP's runtime for libtorch, zlib for the JVM.
  private static final List<String> PACKAGES =
      List.of("libc6", "libgcc-s1", "libstdc++6", "libgomp1", "zlib1g");

  private final Path folder;

  /// Packages in a folder.
  ///
  /// @param folder gets the packages and what is in them; emptied first
  Debian(Path folder) throws IOException {
    this.folder = folder;
    Check.delete(folder);
    Files.createDirectories(folder.resolve("root"));
  }

  /// Downloads and unpacks them.
  ///
  /// @return what to add to the bill of materials
  List<ThirdPartyWork> fetch() throws IOException, InterruptedException {
    run("apt-get", "-q", "download", PACKAGES);
    var parts = new ArrayList<ThirdPartyWork>();
    for (var name : PACKAGES) {
      Path archive;
      try (var files = Files.newDirectoryStream(folder, name + "_*.deb")) {
        archive = files.iterator().next();
      }
      run("dpkg-deb", "-x", archive.toString(), List.of(folder.resolve("root").toString()));
      var version = run("dpkg-deb", "-f", archive.toString(), List.of("Version")).strip();
      parts.add(
          new ThirdPartyWork(
              name,
              version,
              List.of("see /usr/share/doc/" + name + "/copyright in the image"),
              "pkg:deb/debian/" + name.replace("+", "%2B") + "@" + version));
    }
    return parts;
  }

  /// The libraries, and the copyright file of each package. Links become copies, as an image made
  /// without an engine holds none.
  List<Item> items() throws IOException {
    var root = folder.resolve("root");
    var items = new ArrayList<Item>();
    try (var files = Files.walk(root)) {
      for (var file : (Iterable<Path>) files.sorted()::iterator) {
        var name = root.relativize(file).toString();
        var wanted =
            name.startsWith("usr/share/")
                ? name.endsWith("/copyright")
                : name.contains(".so") || name.startsWith("usr/lib/locale/C.utf8");
        var target = target(root, file);
        if (wanted && Files.isRegularFile(target)) {
          items.add(new Item(name, target, Files.isExecutable(target)));
        }
      }
    }
    return items;
  }

  /// What a link leads to inside the root.
  private static Path target(Path root, Path file) throws IOException {
    var at = file;
    for (var steps = 0; Files.isSymbolicLink(at) && steps < 8; steps++) {
      var to = Files.readSymbolicLink(at);
      at =
          to.isAbsolute()
              ? root.resolve("/".equals(to.toString()) ? "" : to.toString().substring(1))
              : at.resolveSibling(to).normalize();
    }
    return at;
  }

  private String run(String program, String first, String second, List<String> more)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(program, first, second));
    command.addAll(more);
    try (var started = new Started(command, Map.of("PATH", "/usr/bin:/bin"), folder)) {
      return started.await();
    }
  }
}
