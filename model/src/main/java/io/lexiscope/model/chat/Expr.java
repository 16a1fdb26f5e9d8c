package io.lexiscope.model.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An expression of a template.
sealed interface Expr {
  /// A constant.
  record Literal(Datum value) implements Expr {}

  /// A variable.
  record Name(String name) implements Expr {}

  /// `[a, b]` or `(a, b)`.
  record Listed(List<Expr> elements, boolean tuple) implements Expr {}

  /// `{a: b}`.
  record Mapped(List<Map.Entry<Expr, Expr>> entries) implements Expr {}

  /// `not a`.
  record Not(Expr of) implements Expr {}

  /// `-a` or `+a`.
  record Signed(Expr of, boolean negative) implements Expr {}

  /// `a and b` or `a or b`.
  record Either(Expr left, Expr right, boolean both) implements Expr {}

  /// Arithmetic: `+ - * / // % **`.
  record Arithmetic(Expr left, String operator, Expr right) implements Expr {}

  /// `a ~ b ~ c`.
  record Joined(List<Expr> parts) implements Expr {}

  /// `a < b <= c`, `a in b`.
  record Compared(Expr first, List<Step> steps) implements Expr {}

  /// One comparison of a chain.
  record Step(String operator, Expr right) {}

  /// `a if b else c`.
  record Choice(Expr condition, Expr yes, @Nullable Expr no) implements Expr {}

  /// `a.name`.
  record Attribute(Expr of, String name) implements Expr {}

  /// `a[b]`.
  record Index(Expr of, Expr index) implements Expr {}

  /// `a[b:c:d]`.
  record Slice(Expr of, @Nullable Expr from, @Nullable Expr to, @Nullable Expr step)
      implements Expr {}

  /// `f(a, b, c=d)`.
  record Call(Expr function, Given given) implements Expr {}

  /// `a | f(b)`.
  record Filter(Expr of, String name, Given given) implements Expr {}

  /// `a is f(b)`.
  record Test(Expr of, String name, Given given) implements Expr {}

  /// What parts of a template write, as a value.
  record Written(List<TemplatePart> body) implements Expr {}

  /// Arguments as they are written.
  record Given(List<Expr> positional, Map<String, Expr> named) {
    static final Given NOTHING = new Given(List.of(), Map.of());
  }
}
