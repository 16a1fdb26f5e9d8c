package io.lexiscope.model.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a template that writes something or does something.
sealed interface TemplatePart {
  /// Text as it stands.
  record Plain(String text) implements TemplatePart {}

  /// `{{ expression }}`.
  record Output(Expr value, int line) implements TemplatePart {}

  /// `{% if %}` with one branch for each condition; the last condition may be absent.
  record If(List<Branch> branches) implements TemplatePart {}

  /// A condition, absent for `else`, and what it guards.
  record Branch(@Nullable Expr condition, List<TemplatePart> body, int line) {}

  /// `{% for %}`.
  ///
  /// @param targets names the element is taken apart into
  record For(
      List<String> targets,
      Over over,
      List<TemplatePart> body,
      List<TemplatePart> otherwise,
      int line)
      implements TemplatePart {}

  /// What is gone through, and the condition on its elements.
  record Over(Expr values, @Nullable Expr condition, boolean recursive) {}

  /// `{% break %}` or `{% continue %}`.
  record Leave(boolean whole) implements TemplatePart {}

  /// `{% set a = b %}`, `{% set a, b = c %}`, `{% set ns.a = b %}`.
  record Set(List<Target> targets, Expr value, int line) implements TemplatePart {}

  /// A variable, or an attribute of a namespace.
  record Target(String name, @Nullable String attribute) {}

  /// `{% set a %}…{% endset %}`; filters stand around an [Expr.Written].
  record Capture(Target target, Expr value, int line) implements TemplatePart {}

  /// `{% macro f(a, b=c) %}`.
  record Macro(String name, List<Parameter> parameters, List<TemplatePart> body, int line)
      implements TemplatePart {}

  /// A parameter and its default.
  record Parameter(String name, @Nullable Expr otherwise) {}

  /// `{% call f(a) %}…{% endcall %}`.
  record CallBlock(List<Parameter> parameters, Expr.Call call, List<TemplatePart> body, int line)
      implements TemplatePart {}

  /// Parts in a frame of their own: `{% with %}`, `{% generation %}`.
  record Group(List<Set> sets, List<TemplatePart> body) implements TemplatePart {}

  /// `{% filter f %}…{% endfilter %}`.
  record Filtered(Expr value, int line) implements TemplatePart {}
}
