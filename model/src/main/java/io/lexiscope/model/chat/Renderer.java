package io.lexiscope.model.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Goes through the parts of a template and writes.
final class Renderer {
  /// What comes after a part.
  private enum Flow {
    ON,
    NEXT_ROUND,
    OUT_OF_LOOP
  }

  private final Budget budget;
  private final Evaluator evaluator;

  Renderer(Budget budget) {
    this.budget = budget;
    this.evaluator = new Evaluator(budget, this::written);
  }

  /// What parts write.
  ///
  /// @param scope the variables they see
  String render(List<TemplatePart> nodes, Scope scope) {
    var out = new StringBuilder();
    Flow _ = run(nodes, scope, out);
    return out.toString();
  }

  private Datum written(List<TemplatePart> body, Scope scope) {
    return Datum.of(render(body, new Scope(scope)));
  }

  private Flow run(List<TemplatePart> nodes, Scope scope, StringBuilder out) {
    for (TemplatePart node : nodes) {
      Flow flow = run(node, scope, out);
      if (flow != Flow.ON) {
        return flow;
      }
    }
    return Flow.ON;
  }

  private Flow run(TemplatePart node, Scope scope, StringBuilder out) {
    budget.step(1);
    return switch (node) {
      case TemplatePart.Plain plain -> write(plain.text(), out);
      case TemplatePart.Output output -> {
        budget.at(output.line());
        yield write(Values.text(evaluator.value(output.value(), scope), budget), out);
      }
      case TemplatePart.Filtered filtered -> {
        budget.at(filtered.line());
        yield write(Values.text(evaluator.value(filtered.value(), scope), budget), out);
      }
      case TemplatePart.If branches -> branch(branches, scope, out);
      case TemplatePart.For loop -> {
        budget.at(loop.line());
        yield new Loop(loop, scope, out).run(evaluator.value(loop.over().values(), scope), 0);
      }
      case TemplatePart.Leave leave -> leave.whole() ? Flow.OUT_OF_LOOP : Flow.NEXT_ROUND;
      case TemplatePart.Set set -> {
        set(set, scope);
        yield Flow.ON;
      }
      case TemplatePart.Capture capture -> {
        budget.at(capture.line());
        assign(capture.target(), evaluator.value(capture.value(), scope), scope);
        yield Flow.ON;
      }
      case TemplatePart.Macro macro -> {
        scope.set(macro.name(), function(macro.name(), macro.parameters(), macro.body(), scope));
        yield Flow.ON;
      }
      case TemplatePart.CallBlock block -> {
        budget.at(block.line());
        Scope inner = new Scope(scope);
        Datum caller = function("caller", block.parameters(), block.body(), scope);
        Datum.Arguments given = evaluator.arguments(block.call().given(), inner);
        Map<String, Datum> named = new LinkedHashMap<>(given.named());
        named.put("caller", caller);
        Datum function = evaluator.value(block.call().function(), inner);
        yield write(
            Values.text(
                evaluator.call(function, new Datum.Arguments(given.positional(), named)), budget),
            out);
      }
      case TemplatePart.Group group -> {
        Scope inner = new Scope(scope);
        for (TemplatePart.Set set : group.sets()) {
          set(set, inner);
        }
        yield run(group.body(), inner, out);
      }
    };
  }

  private Flow write(String text, StringBuilder out) {
    out.append(budget.made(text));
    return Flow.ON;
  }

  private Flow branch(TemplatePart.If branches, Scope scope, StringBuilder out) {
    for (TemplatePart.Branch branch : branches.branches()) {
      budget.at(branch.line());
      @Nullable Expr condition = branch.condition();
      if (condition == null || Values.truth(evaluator.value(condition, scope))) {
        return run(branch.body(), scope, out);
      }
    }
    return Flow.ON;
  }

  private void set(TemplatePart.Set set, Scope scope) {
    budget.at(set.line());
    Datum value = evaluator.value(set.value(), scope);
    if (set.targets().size() == 1) {
      assign(set.targets().getFirst(), value, scope);
      return;
    }
    List<Datum> parts = apart(value, set.targets().size());
    for (int i = 0; i < parts.size(); i++) {
      assign(set.targets().get(i), parts.get(i), scope);
    }
  }

  private List<Datum> apart(Datum value, int count) {
    List<Datum> parts = Values.elements(value, budget);
    if (parts.size() != count) {
      throw budget.failed(count + " values to take apart", parts.size() + "");
    }
    return parts;
  }

  private void assign(TemplatePart.Target target, Datum value, Scope scope) {
    @Nullable String attribute = target.attribute();
    if (attribute == null) {
      scope.set(target.name(), value);
    } else if (scope.get(target.name()) instanceof Datum.Space space) {
      space.values().put(attribute, value);
    } else {
      throw budget.failed("a namespace to set '" + attribute + "' of", "'" + target.name() + "'");
    }
  }

  private Datum function(
      String name,
      List<TemplatePart.Parameter> parameters,
      List<TemplatePart> body,
      Scope defined) {
    return new Datum.Function(
        name,
        given -> {
          budget.enter();
          Scope scope = new Scope(defined);
          for (int i = 0; i < parameters.size(); i++) {
            TemplatePart.Parameter parameter = parameters.get(i);
            Datum value = given.get(i, parameter.name());
            @Nullable Expr otherwise = parameter.otherwise();
            scope.set(
                parameter.name(),
                given.has(i, parameter.name()) || otherwise == null
                    ? value
                    : evaluator.value(otherwise, scope));
          }
          if (given.has(given.positional().size(), "caller")) {
            scope.set("caller", given.get(given.positional().size(), "caller"));
          }
          Datum text = Datum.of(render(body, scope));
          budget.leave();
          return text;
        });
  }

  /// A loop, which a recursive one begins again inside itself.
  private final class Loop {
    private final TemplatePart.For loop;
    private final Scope scope;
    private final StringBuilder out;

    Loop(TemplatePart.For loop, Scope scope, StringBuilder out) {
      this.loop = loop;
      this.scope = scope;
      this.out = out;
    }

    Flow run(Datum over, int depth) {
      List<Datum> values = wanted(Values.elements(over, budget));
      if (values.isEmpty()) {
        return Renderer.this.run(loop.otherwise(), new Scope(scope), out);
      }
      for (int i = 0; i < values.size(); i++) {
        budget.step(4);
        Scope round = new Scope(scope);
        bind(values.get(i), round);
        round.set("loop", state(values, i, depth));
        Flow flow = Renderer.this.run(loop.body(), round, out);
        if (flow == Flow.OUT_OF_LOOP) {
          break;
        }
      }
      return Flow.ON;
    }

    private List<Datum> wanted(List<Datum> values) {
      @Nullable Expr condition = loop.over().condition();
      if (condition == null) {
        return values;
      }
      List<Datum> wanted = new ArrayList<>();
      for (Datum value : values) {
        Scope round = new Scope(scope);
        bind(value, round);
        if (Values.truth(evaluator.value(condition, round))) {
          wanted.add(value);
        }
      }
      return wanted;
    }

    private void bind(Datum value, Scope round) {
      List<String> targets = loop.targets();
      if (targets.size() == 1) {
        round.set(targets.getFirst(), value);
        return;
      }
      List<Datum> parts = apart(value, targets.size());
      for (int i = 0; i < parts.size(); i++) {
        round.set(targets.get(i), parts.get(i));
      }
    }

    private Datum state(List<Datum> values, int i, int depth) {
      int size = values.size();
      Map<String, Datum> state = new LinkedHashMap<>();
      state.put("index", new Datum.Whole(i + 1L));
      state.put("index0", new Datum.Whole(i));
      state.put("revindex", new Datum.Whole((long) size - i));
      state.put("revindex0", new Datum.Whole(size - i - 1L));
      state.put("first", Datum.of(i == 0));
      state.put("last", Datum.of(i == size - 1));
      state.put("length", new Datum.Whole(size));
      state.put("depth", new Datum.Whole(depth + 1L));
      state.put("depth0", new Datum.Whole(depth));
      state.put("previtem", i == 0 ? new Datum.Undefined("previtem") : values.get(i - 1));
      state.put("nextitem", i == size - 1 ? new Datum.Undefined("nextitem") : values.get(i + 1));
      state.put("cycle", new Datum.Function("cycle", given -> cycled(given, i)));
      if (loop.over().recursive()) {
        state.put(Evaluator.AGAIN, new Datum.Function("loop", given -> again(given, depth)));
      }
      return new Datum.Space(state);
    }

    private Datum cycled(Datum.Arguments given, int i) {
      if (given.positional().isEmpty()) {
        throw budget.failed("values to cycle through", "none");
      }
      return given.positional().get(i % given.positional().size());
    }

    private Datum again(Datum.Arguments given, int depth) {
      budget.enter();
      var inner = new StringBuilder();
      Flow _ = new Loop(loop, scope, inner).run(given.get(0, "iterable"), depth + 1);
      budget.leave();
      return Datum.of(inner.toString());
    }
  }
}
