package io.lexiscope.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Against what transformers makes of the same templates (`chat/record.py`).
class ChatTemplateTest {
  private static final JsonNode RECORDED = recorded();
  private static final LocalDateTime NOW = LocalDateTime.parse(RECORDED.path("now").asString());
  private static final List<ChatMessage> HELLO = List.of(ChatMessage.user("Hello"));

  private static JsonNode recorded() {
    try (var file = ChatTemplateTest.class.getResourceAsStream("/chat/chat.json")) {
      return new JsonMapper().readTree(Objects.requireNonNull(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> specials() {
    Map<String, String> specials = new TreeMap<>();
    RECORDED
        .path("specials")
        .properties()
        .forEach(entry -> specials.put(entry.getKey(), entry.getValue().asString()));
    return specials;
  }

  private static List<ChatMessage> chat(JsonNode messages) {
    return StreamSupport.stream(messages.spliterator(), false)
        .map(
            message ->
                new ChatMessage(
                    message.path("role").asString(), message.path("content").asString()))
        .toList();
  }

  private static String render(String template, List<ChatMessage> messages) {
    return ChatTemplate.of(template, specials()).render(messages, NOW);
  }

  static Stream<String> published() {
    return StreamSupport.stream(RECORDED.path("published").spliterator(), false)
        .map(one -> one.path("name").asString());
  }

  @ParameterizedTest
  @MethodSource("published")
  void publishedTemplatesWriteWhatTransformersWrites(String name) {
    JsonNode one =
        StreamSupport.stream(RECORDED.path("published").spliterator(), false)
            .filter(some -> some.path("name").asString().equals(name))
            .findFirst()
            .orElseThrow();
    String template = one.path("template").asString();
    for (int i = 0; i < one.path("chats").size(); i++) {
      requireSame(template, chat(RECORDED.path("chats").path(i)), one.path("chats").path(i));
    }
  }

  static Stream<String> small() {
    return StreamSupport.stream(RECORDED.path("small").spliterator(), false)
        .map(one -> one.path("template").asString());
  }

  @ParameterizedTest
  @MethodSource("small")
  void thePartsOfJinjaDoWhatJinjaDoes(String template) {
    JsonNode one =
        StreamSupport.stream(RECORDED.path("small").spliterator(), false)
            .filter(some -> some.path("template").asString().equals(template))
            .findFirst()
            .orElseThrow();
    requireSame(template, chat(RECORDED.path("chats").path(1)), one.path("result"));
  }

  private static void requireSame(String template, List<ChatMessage> chat, JsonNode expected) {
    if (expected.has("error")) {
      assertThatThrownBy(() -> render(template, chat))
          .isInstanceOf(ChatException.class)
          .hasMessageContaining("chat: expected")
          .hasMessageContaining("; ");
    } else {
      assertThat(render(template, chat)).isEqualTo(expected.path("text").asString());
    }
  }

  @Test
  void aTemplatesRefusalIsToldInItsWords() {
    assertThatThrownBy(() -> render("{{ raise_exception('System role not supported') }}", HELLO))
        .hasMessageContaining("its refusal \"System role not supported\"");
  }

  /// Templates that would run for ever, fill the memory, or go too deep.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% set ns = namespace(s='ab') %}{% for a in range(99999) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "{{ 'a' * 9223372036854775807 }}",
        "{{ [0] * 99999999999 }}",
        "{% for a in range(99999) %}{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' }}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
        "{% set ns = namespace(l=[1]) %}{% for a in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}",
        "{% set n = namespace(l=[1], m=[1]) %}{% for a in range(60) %}{% set n.l = [n.l, n.l] %}{% set n.m = [n.m, n.m] %}{% endfor %}{{ n.l == n.m }}",
        "{% set n = namespace(l=[1]) %}{% for a in range(60) %}{% set n.l = [n.l, n.l] %}{% endfor %}{{ {n.l: 1} }}",
        "{% set ns = namespace(l=[1]) %}{% for a in range(99999) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l | tojson }}",
        "{% set a = 'a' * 999999 %}{% for i in range(99999) %}{{ (a + 'b') in a }}{% endfor %}",
        "{% set a = '%(' * 999999 %}{{ a % {} }}",
        "{{ 9999999999999 ** 9999999 }}",
        "{{ 'x' | indent(9999999999) * 99999999 }}",
        "{{ range(999999999999) }}",
        "{% for x in [[[1]]] recursive %}{{ loop([[1]]) }}{% endfor %}"
      })
  void aHostileTemplateIsStopped(String template) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> render(template, HELLO))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("chat: expected"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "-", "{% if true %}", "a.b(", "1 if ", "{{ 1 + "})
  void aTemplateThatIsNestedWithoutEndIsRefused(String opening) {
    String template =
        opening.startsWith("{%")
            ? opening.repeat(50_000)
            : "{{ " + opening.replace("{{ ", "").repeat(50_000) + "1 }}";

    assertThatThrownBy(() -> render(template, HELLO)).isInstanceOf(ChatException.class);
  }

  @Test
  void longChainsEndInOneLine() {
    String template = "{{ 1" + " + 1".repeat(100_000) + " }}";

    assertThatThrownBy(() -> render(template, HELLO))
        .isInstanceOf(ChatException.class)
        .hasMessageContaining("less deep");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{",
        "{% if",
        "{# x",
        "{{ 'a }}",
        "{% for %}",
        "{{ 1 2 }}",
        "{% endif %}",
        "{{ a. }}",
        "{{ a[ }}",
        "{{ ) }}",
        "{% set %}",
        "{{ 99999999999999999999 }}",
        "{{ '\\xzz' }}"
      })
  void aBrokenTemplateIsRefusedWithItsLine(String template) {
    assertThatThrownBy(() -> render("\n\n" + template, HELLO))
        .isInstanceOf(ChatException.class)
        .hasMessageMatching("chat: expected .*, got .* at line 3 of the template; .*");
  }

  @Test
  void everyMutationOfPublishedTemplatesIsRenderedOrRefused() {
    var random = io.lexiscope.base.Seeded.stream("chat", 7, 0);
    List<String> templates =
        StreamSupport.stream(RECORDED.path("published").spliterator(), false)
            .map(one -> one.path("template").asString())
            .toList();
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      var mutated = new StringBuilder(templates.get(random.nextInt(templates.size())));
      for (int change = 0; change <= i % 4; change++) {
        int at = random.nextInt(mutated.length());
        switch (random.nextInt(3)) {
          case 0 -> mutated.deleteCharAt(at);
          case 1 -> mutated.setCharAt(at, "{}%#'\"()[]|.-+ \n".charAt(random.nextInt(16)));
          default -> mutated.insert(at, mutated.substring(at, Math.min(at + 9, mutated.length())));
        }
      }
      try {
        assertThat(render(mutated.toString(), HELLO)).isNotNull();
      } catch (ChatException expected) {
        refused++;
        assertThat(expected.getMessage()).startsWith("chat: expected").doesNotContain("\n");
      }
    }
    assertThat(refused).isBetween(300, 2900);
  }
}
