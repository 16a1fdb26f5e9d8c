package io.lexiscope.distribution;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/// An OCI image made without an engine: packages of Debian, a Java runtime, Lexiscope; below them
/// nothing.
///
/// @param sources what of Lexiscope goes in
/// @param work folder for what is made on the way
record Image(Sources sources, Path work) {
  private static final String HOME = "/opt/lexiscope/";
  private static final String JAVA = "/opt/java/";

  /// The one place of the image that is written to; worth a volume.
  private static final String CACHE = "/var/cache/lexiscope";

  /// What Lexiscope and its libraries use of the JDK.
  private static final String MODULES =
      "java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,"
          + "jdk.incubator.vector,jdk.management,jdk.unsupported,jdk.zipfs";

  /// Variables of the container.
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "HOME",
          CACHE,
          "LEXISCOPE_CACHE",
          CACHE,
          "HF_HOME",
          CACHE + "/huggingface",
          "LC_ALL",
          "C.UTF-8",
          "OMP_WAIT_POLICY",
          "PASSIVE");

  /// What starts Lexiscope in the image.
  static List<String> entrypoint() {
    return List.of(
        JAVA + "bin/java",
        "@" + HOME + "scripts/java.options",
        "-Duser.home=" + CACHE,
        "-Dlexiscope.home=" + HOME,
        "-Dlexiscope.web=" + HOME + "web/dist",
        "-Dlexiscope.natives=" + CACHE + "/natives",
        "-cp",
        HOME + "lib/*",
        "io.lexiscope.cli.Main");
  }

  /// Writes the image.
  ///
  /// @param tar replaced if it exists
  /// @param jdk the JDK whose runtime goes in
  /// @param debian what is below it
  void write(Path tar, Path jdk, Debian debian) throws IOException, InterruptedException {
    var runtime = runtime(jdk);
    Files.deleteIfExists(tar);
    try {
      Jib.fromScratch()
          .setFormat(ImageFormat.OCI)
          .setCreationTime(Instant.parse("2026-01-01T00:00:00Z"))
          .addFileEntriesLayer(layer("debian", "/", debian.items(), /* writable= */ false))
          .addFileEntriesLayer(layer("java", JAVA, runtime, /* writable= */ false))
          .addFileEntriesLayer(layer("libraries", HOME, sources.jarFiles(), /* writable= */ false))
          .addFileEntriesLayer(layer("lexiscope", HOME, own(), /* writable= */ true))
          .setEnvironment(ENVIRONMENT)
          .setEntrypoint(entrypoint())
          .setProgramArguments("serve", "--host", "0.0.0.0", "--no-open")
          .addExposedPort(Port.tcp(7333))
          .addVolume(AbsoluteUnixPath.get(CACHE))
          .containerize(
              Containerizer.to(TarImage.at(tar).named("lexiscope"))
                  .setOfflineMode(true)
                  .setBaseImageLayersCache(work.resolve("base"))
                  .setApplicationLayersCache(work.resolve("layers")));
    } catch (InvalidImageReferenceException
        | CacheDirectoryCreationException
        | ExecutionException
        | RegistryException e) {
      throw new DistributionException("dist: expected an image in " + tar + ", got " + e);
    }
  }

  private List<Item> own() throws IOException {
    var items = new ArrayList<>(sources.documents());
    var options = "scripts/java.options";
    items.add(new Item(options, sources.repository().resolve(options), /* executable= */ false));
    items.addAll(sources.pageAndModels());
    return items;
  }

  private static FileEntriesLayer layer(
      String name, String below, List<Item> items, boolean writable) throws IOException {
    var layer = FileEntriesLayer.builder().setName(name);
    if (writable) {
      var anyone = FilePermissions.fromOctalString("777");
      var folder = Files.createTempDirectory("lexiscope-image");
      layer.addEntry(folder, AbsoluteUnixPath.get(CACHE), anyone);
      layer.addEntry(folder, AbsoluteUnixPath.get("/tmp"), anyone);
    }
    for (var item : items) {
      layer.addEntry(
          item.file(),
          AbsoluteUnixPath.get(below + item.name()),
          FilePermissions.fromOctalString(item.executable() ? "755" : "644"));
    }
    return layer.build();
  }

  /// A runtime of the modules that are used, by the JDK's own linker.
  private List<Item> runtime(Path jdk) throws IOException, InterruptedException {
    var runtime = work.resolve("java");
    Check.delete(runtime);
    var command =
        List.of(
            jdk.resolve("bin/jlink").toString(),
            "--add-modules",
            MODULES,
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            runtime.toString());
    try (var linking = new Started(command, Map.of("PATH", "/usr/bin:/bin"), work)) {
      linking.await();
    }
    var items = new ArrayList<Item>();
    try (var files = Files.walk(runtime)) {
      files
          .filter(Files::isRegularFile)
          .sorted()
          .map(
              file -> new Item(runtime.relativize(file).toString(), file, Files.isExecutable(file)))
          .forEach(items::add);
    }
    return items;
  }

  /// Unpacks an image as an engine would, layer upon layer, and starts it with nothing else of this
  /// machine in sight but `/dev` and `/proc`.
  ///
  /// @param folder for the unpacked image; deleted again
  static void check(Path tar, Path folder) throws IOException, InterruptedException {
    Check.delete(folder);
    var layers = Files.createDirectories(folder.resolve("layers"));
    var root = Files.createDirectories(folder.resolve("root"));
    unpack(tar, layers, folder);
    for (var layer : OciLayout.layers(layers)) {
      unpack(layer, root, folder);
    }
    Files.createDirectories(root.resolve("dev"));
    Files.createDirectories(root.resolve("proc"));
    var command =
        new ArrayList<>(
            List.of(
                "/usr/bin/unshare",
                "--mount",
                "sh",
                "-c",
                "mount --rbind /dev \"$0/dev\" && mount --rbind /proc \"$0/proc\" && exec chroot \"$0\" \"$@\"",
                root.toString()));
    command.addAll(entrypoint());
    var environment = new HashMap<>(ENVIRONMENT);
    environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    new Check(command, environment, folder).run();
    Check.delete(folder);
  }

  private static void unpack(Path tar, Path into, Path work)
      throws IOException, InterruptedException {
    var command = List.of("tar", "-xf", tar.toString(), "-C", into.toString());
    try (var unpacking = new Started(command, Map.of("PATH", "/usr/bin:/bin"), work)) {
      unpacking.await();
    }
  }
}
