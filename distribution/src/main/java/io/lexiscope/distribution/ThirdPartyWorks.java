package io.lexiscope.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a distribution is made of: the components that Maven lists, the packages of npm that the
/// page is built from, and the packages of Debian below an image.
final class ThirdPartyWorks {
  private static final JsonMapper JSON = new JsonMapper();

  /// What the page holds after it is built; everything else of npm only builds or tests it.
  private static final List<String> IN_THE_PAGE =
      List.of(
          "svelte",
          "d3-scale",
          "d3-shape",
          "@fontsource-variable/inter",
          "@fontsource-variable/jetbrains-mono");

  /// What is inside jars whose own entry names only the licence of the binding, by the part of a
  /// jar's name: the part, and what it may be used under.
  private static final Map<String, Map.Entry<String, String>> WITHIN =
      Map.of(
          "org.bytedeco:pytorch", Map.entry("libtorch", "BSD-3-Clause"),
          "org.bytedeco:openblas", Map.entry("OpenBLAS", "BSD-3-Clause"),
          "org.bytedeco:mkl",
              Map.entry("Intel oneAPI Math Kernel Library", "Intel Simplified Software License"));

  private final ObjectNode bom;
  private final List<ThirdPartyWork> parts = new ArrayList<>();

  /// The components of a CycloneDX document.
  ///
  /// @param bom the JSON file that Maven wrote
  ThirdPartyWorks(Path bom) throws IOException {
    if (!(JSON.readTree(Files.readString(bom)) instanceof ObjectNode document)) {
      throw new DistributionException("dist: expected a CycloneDX document in " + bom);
    }
    this.bom = document;
    for (var component : document.path("components")) {
      var group = component.path("group").asString("");
      if (!group.equals("io.lexiscope")) {
        parts.add(
            new ThirdPartyWork(
                group + ":" + component.path("name").asString(""),
                component.path("version").asString(""),
                licences(component.path("licenses")),
                component.path("purl").asString("")));
      }
    }
    addWhatIsWithin();
  }

  private void addWhatIsWithin() {
    WITHIN.forEach(
        (jar, inner) ->
            parts.stream()
                .filter(part -> part.name().equals(jar))
                .findFirst()
                .map(part -> part.version().replaceFirst("-[^-]*$", ""))
                .ifPresent(
                    version ->
                        add(
                            new ThirdPartyWork(
                                inner.getKey(),
                                version,
                                List.of(inner.getValue()),
                                "pkg:generic/%s@%s"
                                    .formatted(inner.getKey().replace(' ', '-'), version)))));
  }

  private static List<String> licences(JsonNode licences) {
    var names = new LinkedHashSet<String>();
    for (var licence : licences) {
      var inner = licence.path("license");
      for (var name :
          List.of(
              inner.path("id").asString(""),
              inner.path("name").asString(""),
              licence.path("expression").asString(""))) {
        if (!name.isBlank()) {
          names.add(name);
          break;
        }
      }
    }
    return List.copyOf(names);
  }

  /// Adds what the page holds.
  ///
  /// @param modules the folder `node_modules` it was built with
  void addPage(Path modules) throws IOException {
    Set<String> seen = new LinkedHashSet<>();
    var open = new ArrayDeque<>(IN_THE_PAGE);
    while (!open.isEmpty()) {
      var name = open.removeFirst();
      var file = modules.resolve(name).resolve("package.json");
      if (!seen.add(name)) {
        continue;
      }
      if (!Files.isRegularFile(file)) {
        throw new DistributionException(
            "dist: expected the package " + name + " in " + modules + ", got none; build the page");
      }
      var json = JSON.readTree(Files.readString(file));
      json.path("dependencies").propertyNames().forEach(open::add);
      add(
          new ThirdPartyWork(
              name,
              json.path("version").asString(""),
              List.of(json.path("license").asString("")),
              "pkg:npm/" + name.replace("@", "%40") + "@" + json.path("version").asString("")));
    }
  }

  /// Adds a part that Maven does not know.
  void add(ThirdPartyWork part) {
    parts.add(part);
    var component = bom.withArray("/components").addObject();
    component.put("type", "library");
    component.put("name", part.name());
    component.put("version", part.version());
    component.put("purl", part.purl());
    component.put("bom-ref", part.purl());
    var licences = component.putArray("licenses");
    part.licences().forEach(name -> licences.addObject().putObject("license").put("name", name));
  }

  /// The parts, sorted.
  List<ThirdPartyWork> list() {
    return parts.stream().sorted(Comparator.comparing(ThirdPartyWork::name)).toList();
  }

  /// Writes the bill of materials and the report of the licences.
  ///
  /// @param folder gets `lexiscope.cdx.json` and `THIRD-PARTY.md`
  /// @throws DistributionException if a part names no licence
  void write(Path folder) throws IOException {
    var without =
        parts.stream()
            .filter(part -> part.licences().stream().allMatch(String::isBlank))
            .map(ThirdPartyWork::name)
            .collect(Collectors.joining(", "));
    if (!without.isEmpty()) {
      throw new DistributionException(
          "dist: expected a licence of every part, got none of "
              + without
              + "; find it out, and do not ship what has none");
    }
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("lexiscope.cdx.json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(bom) + "\n");
    Files.writeString(folder.resolve("THIRD-PARTY.md"), report());
  }

  private String report() {
    var text = new StringBuilder();
    text.append("# What others have written\n\n");
    text.append(
        "Lexiscope itself is under the Apache License 2.0. It comes with these, each under");
    text.append(" its own licence; where several are named, any of them may be chosen.\n\n");
    text.append("| part | version | licence |\n| --- | --- | --- |\n");
    // A jar and its natives are one part.
    list().stream()
        .map(
            part ->
                "| %s | %s | %s |\n"
                    .formatted(part.name(), part.version(), String.join(" or ", part.licences())))
        .distinct()
        .forEach(text::append);
    return text.toString();
  }
}
