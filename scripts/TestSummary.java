import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// Adds up the JUnit XML reports of every module and of the web page, and holds skipped tests against `docs/quarantine.md`.
///
/// Run as `java scripts/TestSummary.java ROOT`. The last line printed is `N passed, N failed, N skipped`; a build step that failed without
/// failing a test (compiler, format) counts as one failure. Exit code 0 if and only if something passed, nothing failed and every skipped
/// test is accounted for: by a row in the quarantine table, or by naming in its reason the environment variable that switches it on.
final class TestSummary {

  record Test(String name, String state, String reason) {}

  /// A skip says which of these it waits for; when the variable is set (or, for the browser, required) that is no longer an excuse.
  private static final List<String> SWITCHES = List.of("LEXISCOPE_ASSETS", "LEXISCOPE_BROWSER");

  public static void main(String[] args) throws IOException {
    var root = Path.of(args[0]);
    var tests = new ArrayList<Test>();
    var problems = new ArrayList<String>();
    for (var report : reports(root)) {
      try {
        tests.addAll(read(report));
      } catch (IOException | SAXException | ParserConfigurationException e) {
        problems.add("test summary: expected a JUnit report, got " + e.getMessage() + " at " + root.relativize(report));
      }
    }
    var failed = tests.stream().filter(t -> t.state().equals("failed")).toList();
    var skipped = tests.stream().filter(t -> t.state().equals("skipped")).toList();
    var passed = tests.size() - failed.size() - skipped.size();

    // A step whose tests failed is already counted test by test; a Maven run that failed is not, because failing tests do not fail it.
    var steps = System.getenv().getOrDefault("FAILED_STEPS", "").lines().filter(s -> !s.isBlank()).toList();
    for (var step : steps) {
      var counted = step.endsWith("unit tests") && has(failed, "web/") || step.endsWith("browser tests") && has(failed, "browser/");
      if (!counted) problems.add("build step failed: " + step);
    }
    var quarantined = quarantine(root.resolve("docs/quarantine.md"));
    if (!skipped.isEmpty()) System.out.println("\nSkipped tests:");
    for (var test : skipped) {
      System.out.println("  " + test.name() + (test.reason().isBlank() ? "" : ": " + test.reason().lines().findFirst().orElse("")));
      if (!excused(test) && quarantined.stream().noneMatch(row -> covers(row, test.name()))) {
        problems.add("skipped without a row in docs/quarantine.md: " + test.name());
      }
    }
    for (var row : quarantined) {
      if (skipped.stream().noneMatch(t -> covers(row, t.name()))) problems.add("docs/quarantine.md has a row for a test that is not skipped: " + row);
    }
    if (!failed.isEmpty()) System.out.println("\nFailed tests:");
    for (var test : failed) System.out.println("  " + test.name() + ": " + test.reason().lines().limit(3).reduce("", (a, b) -> a + "\n      " + b).strip());
    if (passed == 0) problems.add("no test passed");
    if (!problems.isEmpty()) System.out.println("\nProblems:");
    problems.forEach(p -> System.out.println("  " + p));
    System.out.println();
    System.out.println(passed + " passed, " + (failed.size() + problems.size()) + " failed, " + skipped.size() + " skipped");
    System.exit(failed.isEmpty() && problems.isEmpty() ? 0 : 1);
  }

  private static boolean has(List<Test> failed, String prefix) {
    return failed.stream().anyMatch(t -> t.name().startsWith(prefix));
  }

  private static List<Path> reports(Path root) throws IOException {
    var found = new TreeSet<Path>();
    try (var modules = Files.newDirectoryStream(root, Files::isDirectory)) {
      for (var module : modules) {
        for (var folder : List.of(module.resolve("target/surefire-reports"), module.resolve("reports"))) {
          if (!Files.isDirectory(folder)) continue;
          try (var files = Files.newDirectoryStream(folder, "*.xml")) {
            files.forEach(found::add);
          }
        }
      }
    }
    return List.copyOf(found);
  }

  private static List<Test> read(Path report) throws IOException, SAXException, ParserConfigurationException {
    var isWeb = report.getParent().getFileName().toString().equals("reports");
    var prefix = !isWeb ? "" : report.getFileName().toString().startsWith("browser") ? "browser/" : "web/";
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    var cases = factory.newDocumentBuilder().parse(report.toFile()).getElementsByTagName("testcase");
    var tests = new ArrayList<Test>();
    for (var i = 0; i < cases.getLength(); i++) {
      var element = (Element) cases.item(i);
      var name = prefix + element.getAttribute("classname") + "#" + element.getAttribute("name");
      var failure = first(element, "failure", "error");
      var skip = first(element, "skipped");
      if (failure != null) tests.add(new Test(name, "failed", reason(failure)));
      else if (skip != null) tests.add(new Test(name, "skipped", reason(skip).isBlank() ? property(element, "skip") : reason(skip)));
      else tests.add(new Test(name, "passed", ""));
    }
    return tests;
  }

  private static Element first(Element element, String... tags) {
    for (var tag : tags) {
      var found = element.getElementsByTagName(tag);
      if (found.getLength() > 0) return (Element) found.item(0);
    }
    return null;
  }

  private static String reason(Element element) {
    return element.getAttribute("message").isBlank() ? element.getTextContent().strip() : element.getAttribute("message").strip();
  }

  /// A property of a test, where Playwright writes why it was skipped.
  private static String property(Element element, String name) {
    var properties = element.getElementsByTagName("property");
    for (var i = 0; i < properties.getLength(); i++) {
      var property = (Element) properties.item(i);
      if (property.getAttribute("name").equals(name)) return property.getAttribute("value");
    }
    return "";
  }

  private static boolean excused(Test test) {
    return SWITCHES.stream().anyMatch(s -> test.reason().contains(s) && System.getenv(s) == null);
  }

  /// The first cells of the table's rows: `Class#method`, or `Class` for all its tests; with or without the package.
  private static List<String> quarantine(Path table) throws IOException {
    try (var lines = Files.lines(table)) {
      return lines.filter(line -> line.startsWith("| `")).map(line -> line.substring(3, line.indexOf('`', 3))).toList();
    }
  }

  private static boolean covers(String row, String name) {
    var className = name.substring(0, name.indexOf('#'));
    var simple = className.substring(className.lastIndexOf('.') + 1) + name.substring(name.indexOf('#'));
    return List.of(name, simple).stream().anyMatch(n -> n.equals(row) || n.startsWith(row + "#") || n.startsWith(row + "(") || n.startsWith(row + "["));
  }
}
