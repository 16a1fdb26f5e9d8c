package io.lexiscope.analysis.tracing;

import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Prompts of one arithmetic form, with the value of every node: `a-(b-c)` has a, b, c, b-c and the
/// whole.
///
/// @param form letters for operands, `+` and `-`, inner operations in parentheses
/// @param frame what stands around the expression
/// @param least smallest operand
/// @param greatest greatest operand, of as many digits
/// @see <a href="https://arxiv.org/abs/2301.06758">Matsumoto et al. 2022</a>, who take `a-(b-c)`
public record ExpressionTemplate(String form, Frame frame, int least, int greatest) {
  /// The next character of the answer as a number: a digit, or 1 and −1 for the signs.
  public static final String NEXT = "next";

  private static final int MOST_DRAWS = 200_000;

  /// What stands around the expression.
  ///
  /// @param before it
  /// @param after it
  /// @param signed whether an answer begins with its sign
  /// @param given how many characters of the answer stand there too
  public record Frame(String before, String after, boolean signed, int given) {
    /// Nothing.
    public static Frame none() {
      return new Frame("", "", /* signed= */ false, /* given= */ 0);
    }

    /// With some characters of the answer.
    public Frame given(int characters) {
      return new Frame(before, after, signed, characters);
    }

    /// The frame in which a model was taught to answer, told by its vocabulary: `B…=` where it
    /// answers in digits, signed where it has minus; nothing where it answers with a number.
    public static Frame of(LanguageModel model) {
      if (NumericOutput.isRegression(model)) {
        return none();
      }
      var tokenizer = model.tokenizer();
      boolean minus =
          IntStream.range(0, tokenizer.vocabularySize())
              .anyMatch(id -> tokenizer.display(id).equals("-"));
      return new Frame("B", "=", minus, /* given= */ 0);
    }
  }

  /// Checks form and range.
  ///
  /// @throws TracingException if the form cannot be read, or operands differ in their digits
  public ExpressionTemplate {
    if (least < 1
        || greatest <= least
        || Integer.toString(least).length() != Integer.toString(greatest).length()) {
      throw new TracingException(
          "template: expected operands of one number of digits, such as 100 to 999, got %d to %d; choose such a range"
              .formatted(least, greatest));
    }
    new Reader(form, Map.of()).whole();
  }

  /// The names of the nodes, inner ones before the operation they belong to, the answer last.
  public List<String> names() {
    return new Reader(form, Map.of()).whole().stream().map(Node::name).toList();
  }

  /// The letters of the operands.
  public List<String> operands() {
    return names().stream().filter(name -> name.length() == 1).toList();
  }

  /// A node of one expression.
  private record Node(String name, String text, long value) {}

  /// An expression with numbers for its letters.
  ///
  /// @param operands by letter
  public record Drawn(Map<String, Long> operands) {
    /// Copies the map.
    public Drawn {
      operands = Map.copyOf(operands);
    }
  }

  /// Draws operands, each with equal odds; kept are those whose answer has room for what is given
  /// of it, and the same number of digits as the likeliest.
  ///
  /// @param count how many
  public List<Drawn> draw(int count, long seed) {
    RandomGenerator random = Seeded.stream("tracing/" + form, seed, /* index= */ 0);
    List<Drawn> drawn = new ArrayList<>();
    int digits = frame.given() == 0 ? 0 : likeliestDigits(seed);
    for (int i = 0; i < MOST_DRAWS && drawn.size() < count; i++) {
      Drawn one = one(random);
      if (digits == 0 || answer(one).length() == digits) {
        drawn.add(one);
      }
    }
    if (drawn.size() < count) {
      throw new TracingException(
          "template: expected %d expressions of %s, got %d; ask for fewer"
              .formatted(count, form, drawn.size()));
    }
    return drawn;
  }

  private Drawn one(RandomGenerator random) {
    Map<String, Long> operands = new HashMap<>();
    operands().forEach(letter -> operands.put(letter, random.nextLong(least, greatest + 1L)));
    return new Drawn(operands);
  }

  private int likeliestDigits(long seed) {
    RandomGenerator random = Seeded.stream("tracing/digits/" + form, seed, /* index= */ 0);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      int length = answer(one(random)).length();
      if (length > frame.given()) {
        counts.merge(length, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow(
            () ->
                new TracingException(
                    "template: expected answers of more than %d characters, got shorter ones; give fewer of them"
                        .formatted(frame.given())));
  }

  /// The same with another number for one node, and all else that does not follow from it as it
  /// was: an operand becomes the number, an operation has its first operand moved.
  ///
  /// @return empty where no operand of the range gives the number
  public Optional<Drawn> with(Drawn drawn, String node, long number) {
    String letter = first(node);
    long now = value(drawn, node);
    Map<String, Long> moved = new HashMap<>(drawn.operands());
    long operand = moved.getOrDefault(letter, 0L);
    moved.put(letter, operand + 1);
    long slope = value(new Drawn(moved), node) - now;
    long wanted = operand + slope * (number - now);
    if (wanted < least || wanted > greatest) {
      return Optional.empty();
    }
    moved.put(letter, wanted);
    Drawn other = new Drawn(moved);
    return frame.given() > 0 && !given(other).equals(given(drawn))
        ? Optional.empty()
        : Optional.of(other);
  }

  private static String first(String node) {
    return node.chars()
        .filter(c -> c >= 'a' && c <= 'z')
        .mapToObj(c -> String.valueOf((char) c))
        .findFirst()
        .orElseThrow();
  }

  /// The value of a node.
  ///
  /// @throws TracingException if there is no such node
  public long value(Drawn drawn, String node) {
    return nodes(drawn).stream()
        .filter(known -> known.name().equals(node))
        .mapToLong(Node::value)
        .findFirst()
        .orElseThrow(
            () ->
                new TracingException(
                    "template: expected one of the nodes %s, got %s; choose one of them"
                        .formatted(names(), node)));
  }

  /// What the model should say to it.
  public String answer(Drawn drawn) {
    long value = nodes(drawn).getLast().value();
    return frame.signed() ? (value < 0 ? "-" : "+") + Math.abs(value) : Long.toString(value);
  }

  private String given(Drawn drawn) {
    String answer = answer(drawn);
    return answer.substring(0, Math.min(frame.given(), answer.length()));
  }

  /// What the model reads.
  public String text(Drawn drawn) {
    return frame.before() + nodes(drawn).getLast().text() + frame.after() + given(drawn);
  }

  /// The tokens of it.
  public TokenIds tokens(LanguageModel model, Drawn drawn) {
    return model.tokenizer().encode(text(drawn)).ids();
  }

  /// What the values of [#prompts] are called: the nodes and, where the model answers in
  /// characters, what it is to say next, the answer last.
  public List<String> values() {
    List<String> values = new ArrayList<>(names());
    if (!frame.after().isEmpty()) {
      values.add(values.size() - 1, NEXT);
    }
    return values;
  }

  /// Prompts with their values.
  public TracedPrompts prompts(LanguageModel model, List<Drawn> drawn) {
    return new TracedPrompts(
        values(),
        drawn.stream().map(one -> new TracedPrompt(tokens(model, one), of(one))).toList());
  }

  /// The values of one expression, in the order of [#values].
  public List<Double> of(Drawn drawn) {
    List<Double> values = new ArrayList<>();
    nodes(drawn).forEach(node -> values.add((double) node.value()));
    if (!frame.after().isEmpty()) {
      char next = answer(drawn).charAt(frame.given());
      values.add(
          values.size() - 1,
          switch (next) {
            case '+' -> 1.0;
            case '-' -> -1.0;
            default -> next - '0' + 0.0;
          });
    }
    return values;
  }

  private List<Node> nodes(Drawn drawn) {
    return new Reader(form, drawn.operands()).whole();
  }

  /// Reads a form, with numbers for its letters; zeros where there are none.
  private static final class Reader {
    private final String form;
    private final Map<String, Long> operands;
    private final List<Node> nodes = new ArrayList<>();
    private int at;

    Reader(String form, Map<String, Long> operands) {
      this.form = form;
      this.operands = operands;
    }

    List<Node> whole() {
      Node left = term();
      if (at < form.length()) {
        operation(left);
      }
      if (at != form.length() || nodes.size() < 3) {
        throw unreadable();
      }
      return nodes;
    }

    private Node term() {
      char c = at < form.length() ? form.charAt(at++) : ' ';
      if (c >= 'a' && c <= 'z') {
        long value = operands.getOrDefault(String.valueOf(c), 0L);
        return added(new Node(String.valueOf(c), Long.toString(value), value));
      }
      if (c != '(') {
        throw unreadable();
      }
      Node inner = operation(term());
      if (at >= form.length() || form.charAt(at++) != ')') {
        throw unreadable();
      }
      return new Node("(" + inner.name() + ")", "(" + inner.text() + ")", inner.value());
    }

    private Node operation(Node left) {
      char sign = at < form.length() ? form.charAt(at++) : ' ';
      if (sign != '+' && sign != '-') {
        throw unreadable();
      }
      Node right = term();
      return added(
          new Node(
              left.name() + sign + right.name(),
              left.text() + sign + right.text(),
              sign == '+' ? left.value() + right.value() : left.value() - right.value()));
    }

    private Node added(Node node) {
      if (nodes.stream().anyMatch(known -> known.name().equals(node.name()))) {
        throw unreadable();
      }
      nodes.add(node);
      return node;
    }

    private TracingException unreadable() {
      return new TracingException(
          "template: expected operations on different letters such as a-(b-c), got %s at character %d; write one"
              .formatted(form, at));
    }
  }
}
