package io.lexiscope.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The program behind `./build dist`.
///
/// ```
/// Main parts REPOSITORY OUTPUT          cli/OUTPUT/bom.json, web/node_modules ─► target/dist/parts
/// Main zip   REPOSITORY OUTPUT VERSION  cli/OUTPUT/lib, … ─► target/dist/lexiscope-VERSION.zip
/// Main check REPOSITORY VERSION JDK     unpacks and starts it
/// Main image REPOSITORY OUTPUT VERSION JDK  ─► target/dist/lexiscope-VERSION-image.tar
/// Main check-image REPOSITORY VERSION   unpacks it and starts it under chroot
/// ```
public final class Main {
  private Main() {}

  /// Does what the first argument says; throws what stops it.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try {
      run(List.of(arguments));
    } catch (DistributionException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(List<String> arguments) throws IOException, InterruptedException {
    var repository = Path.of(arguments.get(1)).toAbsolutePath().normalize();
    var dist = repository.resolve("target/dist");
    switch (arguments.getFirst()) {
      case "parts" -> {
        var parts = parts(repository, arguments.get(2));
        Check.delete(dist.resolve("parts"));
        parts.write(dist.resolve("parts"));
      }
      case "zip" -> {
        var name = "lexiscope-" + arguments.get(3);
        var zip = dist.resolve(name + ".zip");
        ZipFile.write(zip, name, sources(repository, arguments.get(2)).all());
        System.out.printf("%s, %,d bytes%n", repository.relativize(zip), Files.size(zip));
      }
      case "check" ->
          Check.zip(
              dist.resolve("lexiscope-" + arguments.get(2) + ".zip"), Path.of(arguments.get(3)));
      case "image" -> {
        var work = Files.createDirectories(dist.resolve("image"));
        var debian = new Debian(work.resolve("debian"));
        var parts = parts(repository, arguments.get(2));
        debian.fetch().forEach(parts::add);
        var documents = work.resolve("parts");
        Check.delete(documents);
        parts.write(documents);
        var jars = sources(repository, arguments.get(2)).jars();
        var tar = tar(dist, arguments.get(3));
        new Image(new Sources(repository, jars, documents), work)
            .write(tar, Path.of(arguments.get(4)), debian);
        System.out.printf("%s, %,d bytes%n", repository.relativize(tar), Files.size(tar));
      }
      case "check-image" -> Image.check(tar(dist, arguments.get(2)), dist.resolve("started"));
      default ->
          throw new DistributionException(
              "dist: expected parts, zip, check, image or check-image, got "
                  + arguments.getFirst());
    }
  }

  private static Path tar(Path dist, String version) {
    return dist.resolve("lexiscope-" + version + "-image.tar");
  }

  private static ThirdPartyWorks parts(Path repository, String output) throws IOException {
    var parts = new ThirdPartyWorks(repository.resolve("cli").resolve(output).resolve("bom.json"));
    parts.addPage(repository.resolve("web/node_modules"));
    return parts;
  }

  private static Sources sources(Path repository, String output) {
    return new Sources(
        repository,
        repository.resolve("cli").resolve(output).resolve("lib"),
        repository.resolve("target/dist/parts"));
  }
}
