package io.lexiscope.model.chat;

import java.util.ArrayList;
import java.util.List;

/// Arithmetic, and what `+`, `*` and `%` do with texts and lists.
final class Numbers {
  private Numbers() {}

  static Datum of(Datum left, String operator, Datum right, Budget budget) {
    if (Values.isNumber(left) && Values.isNumber(right)) {
      return left instanceof Datum.Real || right instanceof Datum.Real || operator.equals("/")
          ? reals(Values.number(left), operator, Values.number(right), budget)
          : wholes(Values.whole(left, budget), operator, Values.whole(right, budget), budget);
    }
    if (operator.equals("+")) {
      if (left instanceof Datum.Text a && right instanceof Datum.Text b) {
        budget.make((long) a.value().length() + b.value().length());
        return Datum.of(a.value() + b.value());
      }
      if (left instanceof Datum.Items a
          && right instanceof Datum.Items b
          && a.tuple() == b.tuple()) {
        budget.make((long) a.values().size() + b.values().size());
        List<Datum> all = new ArrayList<>(a.values());
        all.addAll(b.values());
        return new Datum.Items(all, a.tuple());
      }
    }
    if (operator.equals("*")) {
      if (right instanceof Datum.Whole times) {
        return repeated(left, times.value(), budget);
      }
      if (left instanceof Datum.Whole times) {
        return repeated(right, times.value(), budget);
      }
    }
    if (operator.equals("%") && left instanceof Datum.Text format) {
      return Formats.percent(format.value(), right, budget);
    }
    throw budget.failed(
        "operands of '" + operator + "'", Values.kind(left) + " and " + Values.kind(right));
  }

  private static Datum repeated(Datum of, long times, Budget budget) {
    long count = Math.max(0, times);
    return switch (of) {
      case Datum.Text text -> {
        budget.make(
            Math.multiplyHigh(count, text.value().length()) != 0
                ? -1
                : count * text.value().length());
        yield Datum.of(
            text.value().repeat((int) Math.min(count, text.value().isEmpty() ? 0 : count)));
      }
      case Datum.Items items -> {
        budget.make(
            Math.multiplyHigh(count, items.values().size()) != 0
                ? -1
                : count * items.values().size());
        List<Datum> all = new ArrayList<>();
        for (long i = 0; i < count && !items.values().isEmpty(); i++) {
          all.addAll(items.values());
        }
        yield new Datum.Items(all, items.tuple());
      }
      default -> throw budget.failed("a string or a list to repeat", Values.kind(of));
    };
  }

  private static Datum reals(double a, String operator, double b, Budget budget) {
    if (b == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
      throw budget.failed("a divisor other than 0", "0");
    }
    return new Datum.Real(
        switch (operator) {
          case "+" -> a + b;
          case "-" -> a - b;
          case "*" -> a * b;
          case "/" -> a / b;
          case "//" -> Math.floor(a / b);
          case "%" -> a - b * Math.floor(a / b);
          default -> Math.pow(a, b);
        });
  }

  private static Datum wholes(long a, String operator, long b, Budget budget) {
    if (b == 0 && (operator.equals("//") || operator.equals("%"))) {
      throw budget.failed("a divisor other than 0", "0");
    }
    try {
      return switch (operator) {
        case "+" -> new Datum.Whole(Math.addExact(a, b));
        case "-" -> new Datum.Whole(Math.subtractExact(a, b));
        case "*" -> new Datum.Whole(Math.multiplyExact(a, b));
        case "//" -> new Datum.Whole(Math.floorDivExact(a, b));
        case "%" -> new Datum.Whole(Math.floorMod(a, b));
        default ->
            b < 0 ? new Datum.Real(Math.pow((double) a, (double) b)) : new Datum.Whole(power(a, b));
      };
    } catch (ArithmeticException tooLarge) {
      throw budget.failed("numbers of 64 bits", a + " " + operator + " " + b);
    }
  }

  private static long power(long base, long exponent) {
    if (base == 0 || base == 1) {
      return exponent == 0 ? 1 : base;
    }
    if (exponent > 64) {
      throw new ArithmeticException("power");
    }
    long power = 1;
    for (long i = 0; i < exponent; i++) {
      power = Math.multiplyExact(power, base);
    }
    return power;
  }
}
