package io.lexiscope.model.chat;

import io.lexiscope.model.chat.TemplateLexer.Kind;
import io.lexiscope.model.chat.TemplateLexer.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the expressions of a template, with Jinja's precedences.
final class TemplateExpressions {
  private static final int DEEPEST = 200;
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  /// Names behind which no argument of a test without brackets begins.
  private static final Set<String> NO_ARGUMENT =
      Set.of("else", "or", "and", "if", "is", "in", "not");

  private final WordReader in;
  private int depth;

  TemplateExpressions(WordReader in) {
    this.in = in;
  }

  /// An expression, or several with commas, which are a tuple.
  Expr tuple() {
    return elements(expression());
  }

  /// The same without `a if b else c`, whose `if` belongs to the loop.
  Expr tupleWithoutChoice() {
    return elements(or());
  }

  private Expr elements(Expr first) {
    if (!in.peek().is(Kind.OPERATOR, ",")) {
      return first;
    }
    List<Expr> elements = new ArrayList<>(List.of(first));
    while (in.take(",")) {
      if (in.peek().kind() == Kind.FENCE || in.peek().is(Kind.OPERATOR, ")")) {
        break;
      }
      elements.add(expression());
    }
    return new Expr.Listed(elements, /* tuple= */ true);
  }

  Expr expression() {
    if (++depth > DEEPEST) {
      throw in.unexpected("expressions at most " + DEEPEST + " deep");
    }
    Expr value = or();
    while (in.takeName("if")) {
      Expr condition = or();
      value = new Expr.Choice(condition, value, in.takeName("else") ? expression() : null);
    }
    depth--;
    return value;
  }

  private Expr or() {
    Expr left = and();
    while (in.takeName("or")) {
      left = new Expr.Either(left, and(), /* both= */ false);
    }
    return left;
  }

  private Expr and() {
    Expr left = not();
    while (in.takeName("and")) {
      left = new Expr.Either(left, not(), /* both= */ true);
    }
    return left;
  }

  private Expr not() {
    int nots = 0;
    while (in.takeName("not")) {
      nots++;
    }
    Expr value = comparison();
    return nots == 0
        ? value
        : nots % 2 == 1 ? new Expr.Not(value) : new Expr.Not(new Expr.Not(value));
  }

  private Expr comparison() {
    Expr first = sum();
    List<Expr.Step> steps = new ArrayList<>();
    while (true) {
      Word word = in.peek();
      if (word.kind() == Kind.OPERATOR && COMPARISONS.contains(word.text())) {
        in.next();
        steps.add(new Expr.Step(word.text(), sum()));
      } else if (in.takeName("in")) {
        steps.add(new Expr.Step("in", sum()));
      } else if (word.is(Kind.NAME, "not") && in.ahead().is(Kind.NAME, "in")) {
        in.next();
        in.next();
        steps.add(new Expr.Step("not in", sum()));
      } else {
        return steps.isEmpty() ? first : new Expr.Compared(first, steps);
      }
    }
  }

  private Expr sum() {
    Expr left = joined();
    while (in.peek().is(Kind.OPERATOR, "+") || in.peek().is(Kind.OPERATOR, "-")) {
      String operator = in.next().text();
      left = new Expr.Arithmetic(left, operator, joined());
    }
    return left;
  }

  private Expr joined() {
    Expr first = product();
    if (!in.peek().is(Kind.OPERATOR, "~")) {
      return first;
    }
    List<Expr> parts = new ArrayList<>(List.of(first));
    while (in.take("~")) {
      parts.add(product());
    }
    return new Expr.Joined(parts);
  }

  private Expr product() {
    Expr left = power();
    while (in.peek().kind() == Kind.OPERATOR
        && Set.of("*", "/", "//", "%").contains(in.peek().text())) {
      String operator = in.next().text();
      left = new Expr.Arithmetic(left, operator, power());
    }
    return left;
  }

  private Expr power() {
    Expr left = signed(/* filtered= */ true);
    while (in.take("**")) {
      left = new Expr.Arithmetic(left, "**", signed(/* filtered= */ true));
    }
    return left;
  }

  private Expr signed(boolean filtered) {
    if (++depth > DEEPEST) {
      throw in.unexpected("expressions at most " + DEEPEST + " deep");
    }
    Expr value;
    if (in.take("-")) {
      value = new Expr.Signed(signed(/* filtered= */ false), /* negative= */ true);
    } else if (in.take("+")) {
      value = new Expr.Signed(signed(/* filtered= */ false), /* negative= */ false);
    } else {
      value = parts(primary());
    }
    depth--;
    return filtered ? filters(value) : value;
  }

  private Expr primary() {
    Word word = in.next();
    return switch (word.kind()) {
      case NAME ->
          switch (word.text()) {
            case "true", "True" -> new Expr.Literal(Datum.of(true));
            case "false", "False" -> new Expr.Literal(Datum.of(false));
            case "none", "None" -> new Expr.Literal(new Datum.None());
            default -> new Expr.Name(word.text());
          };
      case TEXT -> {
        var text = new StringBuilder(word.text());
        while (in.peek().kind() == Kind.TEXT) {
          text.append(in.next().text());
        }
        yield new Expr.Literal(Datum.of(text.toString()));
      }
      case WHOLE -> new Expr.Literal(new Datum.Whole(Long.parseLong(word.text())));
      case REAL -> new Expr.Literal(new Datum.Real(Double.parseDouble(word.text())));
      case OPERATOR ->
          switch (word.text()) {
            case "(" -> bracket();
            case "[" -> new Expr.Listed(list("]"), /* tuple= */ false);
            case "{" -> table();
            default -> throw in.unexpected("a value", "'" + word.text() + "'");
          };
      case DATA, FENCE, END -> throw in.unexpected("a value", "'" + word.text() + "'");
    };
  }

  private Expr bracket() {
    if (in.take(")")) {
      return new Expr.Listed(List.of(), /* tuple= */ true);
    }
    Expr value = tuple();
    in.require(Kind.OPERATOR, ")");
    return value;
  }

  private List<Expr> list(String end) {
    List<Expr> elements = new ArrayList<>();
    while (!in.take(end)) {
      if (!elements.isEmpty()) {
        in.require(Kind.OPERATOR, ",");
        if (in.take(end)) {
          break;
        }
      }
      elements.add(expression());
    }
    return elements;
  }

  private Expr table() {
    List<Map.Entry<Expr, Expr>> entries = new ArrayList<>();
    while (!in.take("}")) {
      if (!entries.isEmpty()) {
        in.require(Kind.OPERATOR, ",");
        if (in.take("}")) {
          break;
        }
      }
      Expr key = expression();
      in.require(Kind.OPERATOR, ":");
      entries.add(Map.entry(key, expression()));
    }
    return new Expr.Mapped(entries);
  }

  /// Attributes, elements and calls behind a value.
  private Expr parts(Expr of) {
    Expr value = of;
    while (true) {
      if (in.take(".")) {
        Word word = in.next();
        value =
            word.kind() == Kind.WHOLE
                ? new Expr.Index(
                    value, new Expr.Literal(new Datum.Whole(Long.parseLong(word.text()))))
                : new Expr.Attribute(value, word.text());
      } else if (in.take("[")) {
        value = element(value);
      } else if (in.peek().is(Kind.OPERATOR, "(")) {
        value = new Expr.Call(value, given());
      } else {
        return value;
      }
    }
  }

  private Expr element(Expr of) {
    @Nullable Expr first = in.peek().is(Kind.OPERATOR, ":") ? null : tuple();
    if (in.take("]")) {
      if (first == null) {
        throw in.unexpected("an index");
      }
      return new Expr.Index(of, first);
    }
    in.require(Kind.OPERATOR, ":");
    @Nullable Expr to = bound();
    @Nullable Expr step = in.take(":") ? bound() : null;
    in.require(Kind.OPERATOR, "]");
    return new Expr.Slice(of, first, to, step);
  }

  private @Nullable Expr bound() {
    return in.peek().is(Kind.OPERATOR, ":") || in.peek().is(Kind.OPERATOR, "]")
        ? null
        : expression();
  }

  /// Arguments in brackets.
  Expr.Given given() {
    in.require(Kind.OPERATOR, "(");
    List<Expr> positional = new ArrayList<>();
    Map<String, Expr> named = new LinkedHashMap<>();
    boolean more = false;
    while (!in.take(")")) {
      if (more) {
        in.require(Kind.OPERATOR, ",");
        if (in.take(")")) {
          break;
        }
      }
      more = true;
      if (in.peek().kind() == Kind.NAME && in.ahead().is(Kind.OPERATOR, "=")) {
        String name = in.name();
        in.next();
        named.put(name, expression());
      } else {
        positional.add(expression());
      }
    }
    return new Expr.Given(positional, named);
  }

  /// TemplateFilters, tests and calls behind a value.
  private Expr filters(Expr of) {
    Expr value = of;
    while (true) {
      if (in.take("|")) {
        String name = in.name();
        value =
            new Expr.Filter(
                value, name, in.peek().is(Kind.OPERATOR, "(") ? given() : Expr.Given.NOTHING);
      } else if (in.takeName("is")) {
        value = test(value);
      } else if (in.peek().is(Kind.OPERATOR, "(")) {
        value = new Expr.Call(value, given());
      } else {
        return value;
      }
    }
  }

  private Expr test(Expr of) {
    boolean negated = in.takeName("not");
    Word name = in.next();
    if (name.kind() != Kind.NAME
        && !(name.kind() == Kind.OPERATOR && COMPARISONS.contains(name.text()))) {
      throw in.unexpected("a test", "'" + name.text() + "'");
    }
    Expr.Given given = Expr.Given.NOTHING;
    Word word = in.peek();
    if (word.is(Kind.OPERATOR, "(")) {
      given = given();
    } else if (argument(word)) {
      given = new Expr.Given(List.of(parts(primary())), Map.of());
    }
    Expr test = new Expr.Test(of, name.text(), given);
    return negated ? new Expr.Not(test) : test;
  }

  private static boolean argument(Word word) {
    return switch (word.kind()) {
      case NAME -> !NO_ARGUMENT.contains(word.text());
      case TEXT, WHOLE, REAL -> true;
      case OPERATOR -> word.text().equals("[") || word.text().equals("{");
      case DATA, FENCE, END -> false;
    };
  }

  /// TemplateFilters of a statement, `| f | g` between two places, around what it writes; the
  /// reader is left where it was.
  Expr filtersBetween(Expr value, int from, int to) {
    int place = in.place();
    in.back(from);
    Expr filtered = filters(value);
    if (in.place() != to) {
      throw in.unexpected("a filter");
    }
    in.back(place);
    return filtered;
  }
}
