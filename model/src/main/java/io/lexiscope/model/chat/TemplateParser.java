package io.lexiscope.model.chat;

import io.lexiscope.model.chat.TemplateLexer.Kind;
import io.lexiscope.model.chat.TemplateLexer.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the statements of a template.
final class TemplateParser {
  private static final int DEEPEST = 100;

  private final WordReader in;
  private final TemplateExpressions expressions;
  private int depth;

  private TemplateParser(WordReader in) {
    this.in = in;
    this.expressions = new TemplateExpressions(in);
  }

  /// The parts of a template.
  static List<TemplatePart> parse(String template) {
    TemplateParser parser = new TemplateParser(new WordReader(TemplateLexer.words(template)));
    List<TemplatePart> nodes = parser.until(Set.of());
    parser.in.require(Kind.END, "");
    return nodes;
  }

  /// Parts up to a statement of one of these names, whose fence and name are taken.
  private List<TemplatePart> until(Set<String> ends) {
    if (++depth > DEEPEST) {
      throw in.unexpected("statements at most " + DEEPEST + " deep");
    }
    List<TemplatePart> nodes = new ArrayList<>();
    while (true) {
      Word word = in.peek();
      if (word.kind() == Kind.END) {
        if (!ends.isEmpty()) {
          throw in.unexpected(String.join(" or ", ends));
        }
        break;
      }
      in.next();
      if (word.kind() == Kind.DATA) {
        nodes.add(new TemplatePart.Plain(word.text()));
      } else if (word.is(Kind.FENCE, "{{")) {
        nodes.add(new TemplatePart.Output(expressions.tuple(), word.line()));
        in.require(Kind.FENCE, "}}");
      } else {
        String name = in.peek().text();
        if (ends.contains(name)) {
          break;
        }
        nodes.add(statement(word.line()));
      }
    }
    depth--;
    return nodes;
  }

  /// Parts up to the one statement that ends them, which is taken.
  private List<TemplatePart> body(String end) {
    in.require(Kind.FENCE, "%}");
    List<TemplatePart> nodes = until(Set.of(end));
    in.next();
    if (in.peek().kind() == Kind.NAME) {
      in.next();
    }
    in.require(Kind.FENCE, "%}");
    return nodes;
  }

  private TemplatePart statement(int line) {
    String name = in.name();
    return switch (name) {
      case "if" -> branches(line);
      case "for" -> loop(line);
      case "set" -> set(line);
      case "macro" -> macro(line);
      case "call" -> callBlock(line);
      case "filter" -> {
        Expr.Given first = Expr.Given.NOTHING;
        String filter = in.name();
        if (in.peek().is(Kind.OPERATOR, "(")) {
          first = expressions.given();
        }
        int rest = in.place();
        while (!in.peek().is(Kind.FENCE, "%}")) {
          in.next();
        }
        int end = in.place();
        List<TemplatePart> body = body("endfilter");
        Expr value = new Expr.Filter(new Expr.Written(body), filter, first);
        yield new TemplatePart.Filtered(expressions.filtersBetween(value, rest, end), line);
      }
      case "with" -> {
        List<TemplatePart.Set> sets = new ArrayList<>();
        while (!in.peek().is(Kind.FENCE, "%}")) {
          if (!sets.isEmpty()) {
            in.require(Kind.OPERATOR, ",");
          }
          TemplatePart.Target target = new TemplatePart.Target(in.name(), /* attribute= */ null);
          in.require(Kind.OPERATOR, "=");
          sets.add(new TemplatePart.Set(List.of(target), expressions.expression(), line));
        }
        yield new TemplatePart.Group(sets, body("endwith"));
      }
      case "generation" -> new TemplatePart.Group(List.of(), body("endgeneration"));
      case "break", "continue" -> {
        in.require(Kind.FENCE, "%}");
        yield new TemplatePart.Leave(/* whole= */ name.equals("break"));
      }
      default -> throw in.unexpected("a statement that chat templates use", "'" + name + "'");
    };
  }

  private TemplatePart branches(int line) {
    List<TemplatePart.Branch> branches = new ArrayList<>();
    @Nullable Expr condition = expressions.tuple();
    int at = line;
    while (true) {
      in.require(Kind.FENCE, "%}");
      Set<String> ends = condition == null ? Set.of("endif") : Set.of("elif", "else", "endif");
      List<TemplatePart> body = until(ends);
      branches.add(new TemplatePart.Branch(condition, body, at));
      at = in.peek().line();
      switch (in.name()) {
        case "elif" -> condition = expressions.tuple();
        case "else" -> condition = null;
        default -> {
          in.require(Kind.FENCE, "%}");
          return new TemplatePart.If(branches);
        }
      }
    }
  }

  private TemplatePart loop(int line) {
    List<String> targets = names();
    in.requireName("in");
    Expr values = expressions.tupleWithoutChoice();
    @Nullable Expr condition = null;
    if (in.takeName("if")) {
      condition = expressions.expression();
    }
    boolean recursive = in.takeName("recursive");
    in.require(Kind.FENCE, "%}");
    List<TemplatePart> body = until(Set.of("else", "endfor"));
    List<TemplatePart> otherwise = List.of();
    if (in.name().equals("else")) {
      in.require(Kind.FENCE, "%}");
      otherwise = until(Set.of("endfor"));
      in.next();
    }
    in.require(Kind.FENCE, "%}");
    return new TemplatePart.For(
        targets, new TemplatePart.Over(values, condition, recursive), body, otherwise, line);
  }

  private List<String> names() {
    boolean bracket = in.take("(");
    List<String> names = new ArrayList<>(List.of(in.name()));
    while (in.take(",")) {
      if (in.peek().kind() == Kind.NAME && !in.peek().text().equals("in")) {
        names.add(in.name());
      }
    }
    if (bracket) {
      in.require(Kind.OPERATOR, ")");
    }
    return names;
  }

  private TemplatePart set(int line) {
    List<TemplatePart.Target> targets = new ArrayList<>(List.of(target()));
    while (in.take(",")) {
      targets.add(target());
    }
    if (in.take("=")) {
      Expr value = expressions.tuple();
      in.require(Kind.FENCE, "%}");
      return new TemplatePart.Set(targets, value, line);
    }
    int filters = in.place();
    while (!in.peek().is(Kind.FENCE, "%}")) {
      in.next();
    }
    int end = in.place();
    Expr written = new Expr.Written(body("endset"));
    return new TemplatePart.Capture(
        targets.getFirst(), expressions.filtersBetween(written, filters, end), line);
  }

  private TemplatePart.Target target() {
    String name = in.name();
    return new TemplatePart.Target(name, in.take(".") ? in.name() : null);
  }

  private TemplatePart macro(int line) {
    String name = in.name();
    List<TemplatePart.Parameter> parameters = parameters();
    return new TemplatePart.Macro(name, parameters, body("endmacro"), line);
  }

  private List<TemplatePart.Parameter> parameters() {
    in.require(Kind.OPERATOR, "(");
    List<TemplatePart.Parameter> parameters = new ArrayList<>();
    while (!in.take(")")) {
      if (!parameters.isEmpty()) {
        in.require(Kind.OPERATOR, ",");
      }
      String name = in.name();
      parameters.add(
          new TemplatePart.Parameter(name, in.take("=") ? expressions.expression() : null));
    }
    return parameters;
  }

  private TemplatePart callBlock(int line) {
    List<TemplatePart.Parameter> parameters =
        in.peek().is(Kind.OPERATOR, "(") ? parameters() : List.of();
    if (!(expressions.expression() instanceof Expr.Call call)) {
      throw in.unexpected("a call");
    }
    return new TemplatePart.CallBlock(parameters, call, body("endcall"), line);
  }
}
