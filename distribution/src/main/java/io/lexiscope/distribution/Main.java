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
        var parts =
            new Parts(repository.resolve("cli").resolve(arguments.get(2)).resolve("bom.json"));
        parts.addPage(repository.resolve("web/node_modules"));
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
      default ->
          throw new DistributionException(
              "dist: expected parts, zip or check, got " + arguments.getFirst());
    }
  }

  private static Sources sources(Path repository, String output) {
    return new Sources(
        repository,
        repository.resolve("cli").resolve(output).resolve("lib"),
        repository.resolve("target/dist/parts"));
  }
}
