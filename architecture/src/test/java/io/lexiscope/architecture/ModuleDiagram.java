package io.lexiscope.architecture;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The module diagram of ARCHITECTURE.md: which module's types flow into which.
///
/// @param arrows the arrows in the order of the text
record ModuleDiagram(List<Arrow> arrows) {

  private static final Pattern BLOCK = Pattern.compile("```mermaid\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern ARROW =
      Pattern.compile("^\\s*(\\w+) -->(?:\\|[^|]*\\|)? (\\w+)\\s*$", Pattern.MULTILINE);

  /// One arrow: `user` may use the types of `used`.
  record Arrow(String used, String user) {}

  /// Reads the first Mermaid block of a Markdown text.
  static ModuleDiagram in(String markdown) {
    var block = BLOCK.matcher(markdown);
    if (!block.find())
      throw new AssertionError("module diagram: expected a mermaid block in the text, got none");
    var arrows =
        ARROW
            .matcher(block.group(1))
            .results()
            .map(m -> new Arrow(m.group(1), m.group(2)))
            .toList();
    return new ModuleDiagram(arrows);
  }

  /// Every module of the diagram.
  Set<String> modules() {
    var names = new TreeSet<String>();
    arrows.forEach(arrow -> names.addAll(List.of(arrow.used(), arrow.user())));
    return names;
  }

  /// The modules that `module` may use, itself not among them.
  Set<String> usableBy(String module) {
    Map<String, Set<String>> used =
        arrows.stream().collect(groupingBy(Arrow::user, mapping(Arrow::used, toSet())));
    return used.getOrDefault(module, Set.of());
  }
}
