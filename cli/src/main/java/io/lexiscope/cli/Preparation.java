package io.lexiscope.cli;

import io.lexiscope.workbench.Workbench;
import java.util.List;
import java.util.Set;

/// What is known from the bare arguments, before they are parsed: whether a model will be read, so
/// that what takes long begins at once. A wrong guess costs time, nothing else.
enum Preparation {
  /// Nothing begins early.
  NOTHING,
  /// The libraries of the computations are loaded.
  LIBRARIES,
  /// The same, and the kernels are warmed up: for what goes on long enough to gain by it.
  KERNELS;

  private static final Set<String> WITHOUT_MODEL =
      Set.of("models", "pull", "new", "search", "help", "bench");

  private static final Set<String> LONG = Set.of("serve", "index");

  private static final Set<String> ANSWERED_AT_ONCE = Set.of("-h", "--help", "-V", "--version");

  /// @param arguments of the process
  static Preparation of(String... arguments) {
    List<String> all = List.of(arguments);
    boolean options = all.isEmpty() || all.getFirst().startsWith("-");
    String verb = options ? "serve" : all.getFirst();
    if (WITHOUT_MODEL.contains(verb) || all.stream().anyMatch(ANSWERED_AT_ONCE::contains)) {
      return NOTHING;
    }
    return LONG.contains(verb) && !withoutKernels(all) ? KERNELS : LIBRARIES;
  }

  private static boolean withoutKernels(List<String> arguments) {
    int at = arguments.indexOf("--kernels");
    String value = at >= 0 && at + 1 < arguments.size() ? arguments.get(at + 1) : "";
    return value.equals("off") || arguments.contains("--kernels=off");
  }

  void begin() {
    if (this != NOTHING) {
      Workbench.prepare(this == KERNELS);
    }
  }
}
