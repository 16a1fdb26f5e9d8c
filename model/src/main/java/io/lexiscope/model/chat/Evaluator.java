package io.lexiscope.model.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Works expressions out.
final class Evaluator {
  /// The name under which a recursive loop keeps what calls it again; no attribute is written so.
  static final String AGAIN = "loop()";

  /// Writes parts of a template.
  interface Writer {
    /// What they write, as a value.
    Datum write(List<TemplatePart> body, Scope scope);
  }

  private final Budget budget;
  private final Writer writer;
  private final TemplateFilters filters;
  private final Methods methods;

  Evaluator(Budget budget, Writer writer) {
    this.budget = budget;
    this.writer = writer;
    this.methods = new Methods(budget);
    this.filters = new TemplateFilters(budget, this::attribute);
  }

  Datum value(Expr expression, Scope scope) {
    budget.step(1);
    return switch (expression) {
      case Expr.Literal literal -> literal.value();
      case Expr.Name name -> scope.get(name.name());
      case Expr.Written written -> writer.write(written.body(), scope);
      case Expr.Listed listed -> {
        budget.make(listed.elements().size());
        List<Datum> values = new ArrayList<>();
        for (Expr element : listed.elements()) {
          values.add(value(element, scope));
        }
        yield new Datum.Items(values, listed.tuple());
      }
      case Expr.Mapped mapped -> {
        budget.make(mapped.entries().size());
        Map<Datum, Datum> table = new LinkedHashMap<>();
        for (var entry : mapped.entries()) {
          Datum key = value(entry.getKey(), scope);
          if (!Values.isKey(key)) {
            throw budget.failed("a key of a dictionary", Values.kind(key));
          }
          table.put(key, value(entry.getValue(), scope));
        }
        yield new Datum.Table(table);
      }
      case Expr.Not not -> Datum.of(!Values.truth(value(not.of(), scope)));
      case Expr.Signed signed -> {
        Datum of = value(signed.of(), scope);
        yield signed.negative() ? Numbers.of(new Datum.Whole(0), "-", of, budget) : of;
      }
      case Expr.Either either -> {
        Datum left = value(either.left(), scope);
        yield Values.truth(left) == either.both() ? value(either.right(), scope) : left;
      }
      case Expr.Arithmetic sum ->
          Numbers.of(value(sum.left(), scope), sum.operator(), value(sum.right(), scope), budget);
      case Expr.Joined joined -> {
        var text = new StringBuilder();
        for (Expr part : joined.parts()) {
          text.append(Values.text(value(part, scope), budget));
        }
        yield Datum.of(budget.made(text.toString()));
      }
      case Expr.Compared compared -> compared(compared, scope);
      case Expr.Choice choice -> choice(choice, scope);
      case Expr.Attribute attribute -> attribute(value(attribute.of(), scope), attribute.name());
      case Expr.Index index -> element(value(index.of(), scope), value(index.index(), scope));
      case Expr.Slice slice ->
          Values.slice(
              value(slice.of(), scope),
              bound(slice.from(), scope),
              bound(slice.to(), scope),
              bound(slice.step(), scope),
              budget);
      case Expr.Call call -> call(value(call.function(), scope), arguments(call.given(), scope));
      case Expr.Filter filter ->
          filters.apply(value(filter.of(), scope), filter.name(), arguments(filter.given(), scope));
      case Expr.Test test ->
          Datum.of(
              Tests.holds(
                  value(test.of(), scope), test.name(), arguments(test.given(), scope), budget));
    };
  }

  Datum.Arguments arguments(Expr.Given given, Scope scope) {
    if (given.equals(Expr.Given.NOTHING)) {
      return Datum.Arguments.NOTHING;
    }
    List<Datum> positional = new ArrayList<>();
    for (Expr argument : given.positional()) {
      positional.add(value(argument, scope));
    }
    Map<String, Datum> named = new LinkedHashMap<>();
    for (var argument : given.named().entrySet()) {
      named.put(argument.getKey(), value(argument.getValue(), scope));
    }
    return new Datum.Arguments(positional, named);
  }

  Datum call(Datum function, Datum.Arguments arguments) {
    return switch (function) {
      case Datum.Function known -> known.call(arguments);
      case Datum.Space space when space.values().get(AGAIN) instanceof Datum.Function again ->
          again.call(arguments);
      case Datum.Undefined missing ->
          throw budget.failed("a function", "'" + missing.name() + "', which is none");
      default -> throw budget.failed("a function", Values.kind(function));
    };
  }

  private @Nullable Datum bound(@Nullable Expr expression, Scope scope) {
    return expression == null ? null : value(expression, scope);
  }

  private Datum choice(Expr.Choice choice, Scope scope) {
    if (Values.truth(value(choice.condition(), scope))) {
      return value(choice.yes(), scope);
    }
    @Nullable Expr no = choice.no();
    return no == null ? new Datum.Undefined("the other choice") : value(no, scope);
  }

  private Datum compared(Expr.Compared compared, Scope scope) {
    Datum left = value(compared.first(), scope);
    for (Expr.Step step : compared.steps()) {
      Datum right = value(step.right(), scope);
      if (!Values.compare(left, step.operator(), right, budget)) {
        return Datum.of(false);
      }
      left = right;
    }
    return Datum.of(true);
  }

  /// `value.name`: an attribute or method, else an element.
  private Datum attribute(Datum of, String name) {
    if (of instanceof Datum.Undefined missing) {
      throw budget.failed(
          "something to take '" + name + "' of", "'" + missing.name() + "', which is not there");
    }
    Datum.@Nullable Function method = methods.of(of, name);
    if (method != null) {
      return method;
    }
    return switch (of) {
      case Datum.Table table -> {
        Datum value = table.entries().get(Datum.of(name));
        yield value == null ? new Datum.Undefined(name) : value;
      }
      case Datum.Space space -> {
        Datum value = space.values().get(name);
        yield value == null ? new Datum.Undefined(name) : value;
      }
      default -> new Datum.Undefined(name);
    };
  }

  /// `value[index]`: an element, else an attribute.
  private Datum element(Datum of, Datum index) {
    return switch (of) {
      case Datum.Undefined missing ->
          throw budget.failed(
              "something to take an element of", "'" + missing.name() + "', which is not there");
      case Datum.Table table -> {
        @Nullable Datum value = Values.entry(table, index);
        yield value != null
            ? value
            : index instanceof Datum.Text name
                ? attribute(of, name.value())
                : new Datum.Undefined("element");
      }
      case Datum.Items items when index instanceof Datum.Whole place -> {
        long at = place.value() < 0 ? place.value() + items.values().size() : place.value();
        yield at < 0 || at >= items.values().size()
            ? new Datum.Undefined("element " + place.value())
            : items.values().get((int) at);
      }
      case Datum.Text text when index instanceof Datum.Whole place -> {
        int[] points = text.value().codePoints().toArray();
        budget.step(1 + points.length / 64);
        long at = place.value() < 0 ? place.value() + points.length : place.value();
        yield at < 0 || at >= points.length
            ? new Datum.Undefined("character " + place.value())
            : Datum.of(Character.toString(points[(int) at]));
      }
      default ->
          index instanceof Datum.Text name
              ? attribute(of, name.value())
              : new Datum.Undefined("element");
    };
  }
}
