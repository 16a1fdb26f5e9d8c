package io.lexiscope.workbench.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A request and what was answered to it, in a file of its own:
///
/// ```
/// { "verb": "lens", "before": [{"verb": …, "request": …}], "request": {…}, "answer": {…}, "files": […] }
/// ```
///
/// `before` may be absent: what the same workbench is asked first. `files` are those that the job
/// offers, with the beginning of the tables. `${folder}` stands for an empty folder, `${models}`
/// for the bundled models, `${golden}` for the golden ones, `${data}` for the files of this
/// module's tests.
///
/// @param file where it is recorded
/// @param document what the file holds
record RecordedAnswer(Path file, ObjectNode document) {
  /// A question: a verb and the JSON of its request.
  record Question(String verb, JsonNode request) {}

  static final Path FOLDER = Path.of("src/test/resources/answers");

  private static final JsonMapper JSON = new JsonMapper();

  /// All there are, by name.
  static List<RecordedAnswer> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(RecordedAnswer::read).toList();
    }
  }

  private static RecordedAnswer read(Path file) {
    return new RecordedAnswer(file, (ObjectNode) JSON.readTree(file.toFile()));
  }

  /// What is asked.
  Question question() {
    return question(document);
  }

  /// What is asked before.
  List<Question> before() {
    return document.path("before").valueStream().map(RecordedAnswer::question).toList();
  }

  /// What was recorded under a name; a missing node when nothing was.
  JsonNode recorded(String name) {
    return document.path(name);
  }

  /// Writes the file anew.
  void record(JsonNode answer, JsonNode files) throws IOException {
    document.set("answer", Recording.of(answer));
    document.set("files", Recording.of(files));
    Files.writeString(file, Recording.text(document));
  }

  private static Question question(JsonNode from) {
    return new Question(from.path("verb").stringValue(), from.path("request"));
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
