package io.lexiscope.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/// The statements that documentation comments show in fences marked `java`, compiled.
///
/// A snippet sees what the class it belongs to imports, its package, the constants of `HookPoint`,
/// any public type of ours that it names, and the variables of [#GIVEN]. What is not meant to be
/// compiled stands in a fence with another mark.
///
/// @param types the package of each public top-level type of ours, by simple name
record Snippets(Map<String, String> types) {

  /// What snippets speak of without saying where they have it from.
  static final Map<String, String> GIVEN =
      Map.ofEntries(
          Map.entry("model", "io.lexiscope.model.LanguageModel"),
          Map.entry("run", "io.lexiscope.model.Run"),
          Map.entry("prompt", "io.lexiscope.model.tokenizer.TokenIds"),
          Map.entry("tokens", "io.lexiscope.model.tokenizer.TokenIds"),
          Map.entry("prompts", "java.util.List<io.lexiscope.model.tokenizer.TokenIds>"),
          Map.entry("ablation", "io.lexiscope.model.intervene.Interventions"),
          Map.entry("patch", "io.lexiscope.model.edit.WeightPatch"),
          Map.entry("paris", "int"),
          Map.entry("shape", "io.lexiscope.tensor.Shape"),
          Map.entry("logits", "io.lexiscope.tensor.Tensor"),
          Map.entry("temperature", "double"),
          Map.entry("hash", "String"),
          Map.entry("cache", "java.nio.file.Path"),
          Map.entry("page", "java.nio.file.Path"),
          Map.entry("workbench", "io.lexiscope.workbench.Workbench"),
          Map.entry("settings", "io.lexiscope.workbench.WorkbenchSettings"),
          Map.entry("benchSettings", "io.lexiscope.bench.BenchSettings"));

  private static final Pattern FENCE =
      Pattern.compile(
          "^ *///\\s*```java\\R(.*?)^ *///\\s*```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern IMPORT = Pattern.compile("^import .*;$", Pattern.MULTILINE);
  private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);$", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("\\b[A-Z]\\w*");

  static Snippets of(List<SourceFile> java) {
    return new Snippets(
        java.stream()
            .filter(SourceFile::isMainJava)
            .filter(f -> Pattern.compile("^public ", Pattern.MULTILINE).matcher(f.text()).find())
            .collect(
                Collectors.toMap(
                    f -> f.path().replaceFirst(".*/(\\w+)\\.java$", "$1"),
                    f -> f.path().replaceFirst(".*/src/main/java/(.*)/\\w+\\.java$", "$1"),
                    (one, other) -> one)));
  }

  /// The snippets of a file, without the marks of the comment.
  static List<String> in(SourceFile file) {
    return FENCE
        .matcher(file.text())
        .results()
        .map(found -> found.group(1).replaceAll("(?m)^ */// ?", ""))
        .toList();
  }

  /// What the compiler says of the snippets of these files.
  List<String> refused(List<SourceFile> files) {
    var sources = new ArrayList<JavaFileObject>();
    for (var file : files) {
      for (var snippet : in(file)) {
        var name = "Snippet" + sources.size();
        sources.add(new InMemory(name, file.path(), source(name, file, snippet)));
      }
    }
    if (sources.isEmpty()) return List.of();
    sources.add(new InMemory("Given", "what is given", given()));
    return compile(sources);
  }

  private String source(String name, SourceFile file, String snippet) {
    var imports = new TreeSet<String>();
    IMPORT.matcher(file.text()).results().map(MatchResult::group).forEach(imports::add);
    PACKAGE
        .matcher(file.text())
        .results()
        .forEach(p -> imports.add("import " + p.group(1) + ".*;"));
    imports.add("import static io.lexiscope.model.place.HookPoint.*;");
    imports.add("import java.nio.file.Path;");
    NAME.matcher(snippet)
        .results()
        .map(MatchResult::group)
        .filter(types::containsKey)
        .filter(type -> imports.stream().noneMatch(line -> line.endsWith("." + type + ";")))
        .map(
            type ->
                "import "
                    + Objects.requireNonNull(types.get(type)).replace('/', '.')
                    + "."
                    + type
                    + ";")
        .toList()
        .forEach(imports::add);
    return String.join("\n", imports)
        + "\nfinal class "
        + name
        + " extends Given { void show() throws Exception {\n"
        + snippet
        + "}}\n";
  }

  private static String given() {
    return GIVEN.entrySet().stream()
        .map(variable -> variable.getValue() + " " + variable.getKey() + ";\n")
        .collect(Collectors.joining("", "class Given {\n", "}\n"));
  }

  private static List<String> compile(List<JavaFileObject> sources) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var said = new DiagnosticCollector<JavaFileObject>();
    try (var manager = compiler.getStandardFileManager(said, Locale.ROOT, null)) {
      var classes = Files.createTempDirectory("snippets");
      try {
        manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
        var options =
            List.of(
                "-proc:none",
                "-implicit:none",
                "-XDshould-stop.ifNoError=FLOW",
                "-cp",
                System.getProperty("java.class.path"));
        var ended = compiler.getTask(null, manager, said, options, null, sources).call();
        var errors =
            said.getDiagnostics().stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                .map(Snippets::line)
                .toList();
        return ended || !errors.isEmpty() ? errors : List.of("the compiler failed silently");
      } finally {
        Files.delete(classes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(Diagnostic<? extends JavaFileObject> said) {
    Function<JavaFileObject, String> place =
        source -> source instanceof InMemory snippet ? snippet.place() : source.getName();
    return (said.getSource() == null ? "" : place.apply(said.getSource()) + ": ")
        + said.getMessage(Locale.ROOT);
  }

  private static final class InMemory extends SimpleJavaFileObject {
    private final String place;
    private final String text;

    private InMemory(String name, String place, String text) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.place = place;
      this.text = text;
    }

    private String place() {
      return place;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
