import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Writes the inner loops of the kernels, sum by sum: `java KernelTiles.java FOLDER`.
///
/// Each sum is a local variable that stays in a register, and widening is spelled out where it is
/// needed: an array of vectors may be kept in memory, and a helper of several vector operations is
/// called with every vector in an object once it was compiled by itself. So the loops are repeated
/// for every size of tile and every type of weight, and described here once.
///
/// A new type of weight is a [Stored]: how a vector of its numbers becomes floats. A type in blocks
/// is one of [BlockTiles]: it gets a loop that multiplies a single row with blocks, and one that
/// widens them, on which products of several rows run.
final class KernelTiles {
  private static final List<String> WORDS =
      List.of(
          "zero",
          "one",
          "two",
          "three",
          "four",
          "five",
          "six",
          "seven",
          "eight",
          "nine",
          "ten",
          "eleven",
          "twelve",
          "thirteen",
          "fourteen",
          "fifteen",
          "sixteen");

  private final StringBuilder text = new StringBuilder();

  public static void main(String... arguments) throws IOException {
    Path folder = Path.of(arguments[0]).resolve("io/lexiscope/tensor/internal/kernel");
    Files.createDirectories(folder);
    deleteBeside(Path.of(arguments[0]), folder);
    write(
        folder,
        "OutTiles",
        "Tiles of [OutLanes]: rows of x, vectors of outputs.",
        tiles -> {
          for (int vectors : new int[] {4, 2}) {
            for (int rows : new int[] {6, 4, 2}) {
              tiles.outer(Outer.rowsByOutputs(rows, vectors));
            }
          }
        });
    write(
        folder,
        "RowTiles",
        "Tiles of [RowLanes]: vectors of rows, outputs.",
        tiles -> {
          for (int outputs : new int[] {12, 6}) {
            tiles.outer(Outer.outputsByRows(outputs, 2));
          }
          for (int outputs : new int[] {16, 12, 6}) {
            tiles.outer(Outer.outputsByRows(outputs, 1));
          }
        });
    write(
        folder,
        "DotTiles",
        "Tiles of [RowDots]: rows of x with rows of a weight.",
        tiles -> {
          for (int rows : new int[] {1, 2, 4}) {
            tiles.dots(rows, 4);
          }
        });
    write(
        folder,
        "RowStreams",
        "A single row with a weight that is walked once.",
        tiles -> {
          Stored.ALL.forEach(tiles::dotStream);
          Stored.ALL.stream().filter(type -> type.parts() == 2).forEach(tiles::sumStream);
        });
    write(
        folder,
        "WideningLoops",
        "Stored numbers to floats, in their order.",
        tiles -> Stored.ALL.forEach(tiles::widening));
    write(
        folder,
        "BlockStreams",
        "A single row with a row of blocks.",
        tiles -> BlockLoopTiles.dots(tiles.text));
    write(
        folder,
        "BlockLoops",
        "Blocks to floats, in the reference's roundings.",
        tiles -> BlockLoopTiles.widenings(tiles.text));
  }

  /// Where an earlier description had its files, they would be compiled too.
  private static void deleteBeside(Path root, Path folder) throws IOException {
    List<Path> others;
    try (var files = Files.walk(root)) {
      others = files.filter(Files::isRegularFile).filter(file -> !file.startsWith(folder)).toList();
    }
    for (Path other : others) {
      Files.delete(other);
    }
  }

  private interface Body {
    void write(KernelTiles tiles);
  }

  private static void write(Path folder, String name, String about, Body body) throws IOException {
    KernelTiles tiles = new KernelTiles();
    tiles.text.append(
        """
        package io.lexiscope.tensor.internal.kernel;

        import static io.lexiscope.tensor.internal.kernel.BlockScales.FOUR_BIT_FLOATS_HIGH;
        import static io.lexiscope.tensor.internal.kernel.BlockScales.FOUR_BIT_FLOATS_LOW;
        import static io.lexiscope.tensor.internal.kernel.BlockScales.INT;
        import static io.lexiscope.tensor.internal.kernel.BlockScales.PACKED;
        import static io.lexiscope.tensor.internal.kernel.BlockScales.PLACES;
        import static io.lexiscope.tensor.internal.kernel.BlockScales.UNEVEN_HIGH;
        import static io.lexiscope.tensor.internal.kernel.BlockScales.UNEVEN_LOW;
        import static io.lexiscope.tensor.internal.kernel.HalfPairs.FIELDS;
        import static io.lexiscope.tensor.internal.kernel.HalfPairs.INFINITE;
        import static io.lexiscope.tensor.internal.kernel.HalfPairs.INFINITE_HALF;
        import static io.lexiscope.tensor.internal.kernel.HalfPairs.INTS;
        import static io.lexiscope.tensor.internal.kernel.HalfPairs.SCALE;
        import static io.lexiscope.tensor.internal.kernel.HalfPairs.UPPER;
        import static io.lexiscope.tensor.internal.kernel.Lanes.ALL;
        import static io.lexiscope.tensor.internal.kernel.Lanes.BYTES;
        import static io.lexiscope.tensor.internal.kernel.Lanes.COUNT;
        import static io.lexiscope.tensor.internal.kernel.Lanes.FLOAT;
        import static io.lexiscope.tensor.internal.kernel.Lanes.FLOATS;
        import static io.lexiscope.tensor.internal.kernel.Lanes.ORDER;
        import static io.lexiscope.tensor.internal.kernel.Widening.HALVES;
        import static io.lexiscope.tensor.internal.kernel.Widening.SHORT;

        import jdk.incubator.vector.ByteVector;
        import jdk.incubator.vector.FloatVector;
        import jdk.incubator.vector.IntVector;
        import jdk.incubator.vector.ShortVector;
        import jdk.incubator.vector.VectorMask;
        import jdk.incubator.vector.VectorOperators;

        /// %s Written by KernelTiles.java at build time.
        final class %s {
          private %s() {}
        """
            .formatted(about, name, name));
    body.write(tiles);
    String written = tiles.text.append("}\n").toString();
    Path file = folder.resolve(name + ".java");
    // A file that is as it was keeps its time, and need not be compiled again.
    if (!Files.exists(file) || !Files.readString(file).equals(written)) {
      Files.writeString(file, written);
    }
  }

  private void add(String line, Object... values) {
    text.append("    ").append(line.formatted(values)).append('\n');
  }

  static String vector(String address) {
    return "FloatVector.fromMemorySegment(FLOATS, ALL, " + address + ", ORDER)";
  }

  private static String broadcast(String address) {
    return "FloatVector.broadcast(FLOATS, ALL.get(FLOAT, " + address + "))";
  }

  private static String plus(String base, int times, String step) {
    return switch (times) {
      case 0 -> base;
      case 1 -> base + " + " + step;
      default -> base + " + " + times + " * " + step;
    };
  }

  private static String capital(int number) {
    String word = WORDS.get(number);
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static char letter(int vector) {
    return (char) ('a' + vector);
  }

  /// A tile in which each step takes some vectors from one side and some single numbers from the
  /// other, and every sum is a vector.
  ///
  /// @param singles numbers that are spread over a vector each, a stride apart
  /// @param vectors that follow each other
  /// @param head name and parameters
  /// @param names of single numbers' address and stride, of vectors' address and what it grows by
  /// @param apart whether lines of the tile are `step` apart; else they follow each other
  private record Outer(int singles, int vectors, String head, List<String> names, boolean apart) {
    static Outer rowsByOutputs(int rows, int vectors) {
      String head = "%sBy%s(long x, long xStride, long w, long wStride, int in, long tile)";
      return new Outer(
          rows,
          vectors,
          head.formatted(WORDS.get(rows), capital(vectors)),
          List.of("x", "xStride", "w", "wStride"),
          /* apart= */ false);
    }

    static Outer outputsByRows(int outputs, int vectors) {
      String head = "%sBy%s(long x, long w, long stride, int in, long tile, long step)";
      return new Outer(
          outputs,
          vectors,
          head.formatted(WORDS.get(vectors), capital(outputs)),
          List.of("w", "stride", "x", vectors == 1 ? "BYTES" : vectors + " * BYTES"),
          /* apart= */ true);
    }
  }

  /// The sum of singles `r` and vector `v` is `s` and r and a letter. Addresses are at most three
  /// strides from one that is kept, as far as the addressing of processors reaches.
  private void outer(Outer tile) {
    String from = tile.names().get(0);
    String stride = tile.names().get(1);
    int group = tile.singles() == 16 ? 4 : 3;
    text.append("\n  static void ").append(tile.head()).append(" {\n");
    for (int r = 0; r < tile.singles(); r++) {
      for (int v = 0; v < tile.vectors(); v++) {
        add("FloatVector s%d%c = FloatVector.zero(FLOATS);", r, letter(v));
      }
    }
    for (int r = group; r < tile.singles(); r += group) {
      add("long %s%d = %s;", from, r, plus(from, r, stride));
    }
    add("long at = %s;", tile.names().get(2));
    add("for (int k = 0; k < in; k++) {");
    add("  long i = 4L * k;");
    for (int v = 0; v < tile.vectors(); v++) {
      add("  FloatVector v%d = %s;", v, vector(plus("at", v, "BYTES")));
    }
    add("  at += %s;", tile.names().get(3));
    for (int r = 0; r < tile.singles(); r++) {
      String kept = r < group ? from : from + r / group * group;
      add("  FloatVector q%d = %s;", r, broadcast(plus(kept, r % group, stride) + " + i"));
      for (int v = 0; v < tile.vectors(); v++) {
        add("  s%d%c = q%d.fma(v%d, s%d%c);", r, letter(v), r, v, r, letter(v));
      }
    }
    add("}");
    if (tile.apart()) {
      add("long to = tile;");
    }
    for (int r = 0; r < tile.singles(); r++) {
      if (tile.apart() && r > 0) {
        add("to += step;");
      }
      for (int v = 0; v < tile.vectors(); v++) {
        String to =
            tile.apart() ? plus("to", v, "BYTES") : plus("tile", r * tile.vectors() + v, "BYTES");
        add("s%d%c.intoMemorySegment(ALL, %s, ORDER);", r, letter(v), to);
      }
    }
    text.append("  }\n");
  }

  /// Some rows of x with some rows of a weight: the sums lane by lane, [rows][outputs] vectors.
  private void dots(int rows, int outputs) {
    text.append("\n  static void ").append(WORDS.get(rows));
    text.append(rows == 1 ? "Row" : "Rows");
    text.append("(long x, long w, long stride, long bytes, long sums) {\n");
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < outputs; o++) {
        add("FloatVector s%d%d = FloatVector.zero(FLOATS);", r, o);
      }
    }
    add("for (long i = 0; i < bytes; i += BYTES) {");
    for (int o = 0; o < outputs; o++) {
      add("  FloatVector w%d = %s;", o, vector(plus("w", o, "stride") + " + i"));
    }
    for (int r = 0; r < rows; r++) {
      add("  FloatVector x%d = %s;", r, vector(plus("x", r, "stride") + " + i"));
      for (int o = 0; o < outputs; o++) {
        add("  s%d%d = x%d.fma(w%d, s%d%d);", r, o, r, o, r, o);
      }
    }
    add("}");
    for (int sum = 0; sum < rows * outputs; sum++) {
      String to = plus("sums", sum, "BYTES");
      add("s%d%d.intoMemorySegment(ALL, %s, ORDER);", sum / outputs, sum % outputs, to);
    }
    text.append("  }\n");
  }

  /// A type in which numbers are stored.
  ///
  /// @param name of the type, as in names of methods
  /// @param bytes of a number
  /// @param parts vectors of floats in a vector of stored numbers: even ones, then odd ones
  /// @param loads vectors of stored numbers that a stream takes at once
  private record Stored(String name, int bytes, int parts, int loads) {
    static final Stored FLOAT32 = new Stored("float32", 4, 1, 2);
    static final Stored BFLOAT16 = new Stored("bfloat16", 2, 2, 2);
    // Eight operations a pair leave no room for a second load.
    static final Stored FLOAT16 = new Stored("float16", 2, 2, 1);
    static final List<Stored> ALL = List.of(FLOAT32, BFLOAT16, FLOAT16);

    /// The statements that load a vector, and the expressions of its parts.
    Parts parts(String address, String suffix) {
      if (this == FLOAT32) {
        return new Parts(List.of(), List.of(vector(address)));
      }
      String pairs = "pairs" + suffix;
      String load =
          "IntVector %s = IntVector.fromMemorySegment(INTS, ALL, %s, ORDER);"
              .formatted(pairs, address);
      String lower = pairs + ".lanewise(VectorOperators.LSHL, 16)";
      if (this == BFLOAT16) {
        String upper = pairs + ".lanewise(VectorOperators.AND, UPPER)";
        return new Parts(
            List.of(load),
            List.of(lower + ".reinterpretAsFloats()", upper + ".reinterpretAsFloats()"));
      }
      String shifted = "IntVector lower%s = %s;".formatted(suffix, lower);
      List<String> before = new ArrayList<>(List.of(load, shifted));
      before.addAll(half("even" + suffix, "lower" + suffix));
      before.addAll(half("odd" + suffix, pairs));
      return new Parts(before, List.of("even" + suffix, "odd" + suffix));
    }

    /// A vector of numbers in their order.
    Parts inOrder(String address) {
      if (this == FLOAT32) {
        return new Parts(List.of(), List.of(vector(address)));
      }
      String upper =
          "IntVector upper = ((IntVector) ShortVector.fromMemorySegment(HALVES, ALL, %s, ORDER).convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0)).lanewise(VectorOperators.LSHL, 16);"
              .formatted(address);
      if (this == BFLOAT16) {
        return new Parts(List.of(upper), List.of("upper.reinterpretAsFloats()"));
      }
      List<String> before = new ArrayList<>(List.of(upper));
      before.addAll(half("number", "upper"));
      return new Parts(before, List.of("number"));
    }

    /// Floats of the halves in the upper bits of ints, infinities and NaN kept.
    private static List<String> half(String name, String bits) {
      return List.of(
          "FloatVector %s = %s.lanewise(VectorOperators.ASHR, 3).lanewise(VectorOperators.AND, FIELDS).reinterpretAsFloats().mul(SCALE);"
              .formatted(name, bits),
          "VectorMask<Integer> %sBeyond = %s.lanewise(VectorOperators.AND, INFINITE_HALF).compare(VectorOperators.EQ, INFINITE_HALF);"
              .formatted(name, bits),
          "%s = %s.reinterpretAsInts().lanewise(VectorOperators.OR, INFINITE, %sBeyond).reinterpretAsFloats();"
              .formatted(name, name, name));
    }

    /// A single number.
    String one(String address) {
      return switch (name) {
        case "float32" -> "ALL.get(FLOAT, " + address + ")";
        case "bfloat16" -> "Float.intBitsToFloat(ALL.get(SHORT, " + address + ") << 16)";
        default -> "Float.float16ToFloat(ALL.get(SHORT, " + address + "))";
      };
    }

    /// Bytes of floats for so many bytes of stored numbers.
    String floats(String bytes) {
      return parts == 1 ? bytes : parts + " * " + bytes;
    }
  }

  /// @param before statements
  /// @param floats expressions
  private record Parts(List<String> before, List<String> floats) {}

  /// A row with rows of a weight [out, in] that follow each other.
  private void dotStream(Stored type) {
    int sums = type.loads() * type.parts();
    String step = plus("", type.loads(), "BYTES").substring(3);
    text.append(
        "\n  static void %sDots(long x, int in, long w, int rows, long y) {\n"
            .formatted(type.name()));
    add("int beyond = in %% (%d * Lanes.COUNT);", sums);
    add("long whole = %dL * (in - beyond);", type.bytes());
    add("long rest = %dL * in - whole;", type.bytes());
    add("long end = w + %dL * in * rows;", type.bytes());
    if (type.loads() > 1) {
      add("boolean another = beyond >= %d * Lanes.COUNT;", type.parts());
    }
    IntStream.range(0, sums).forEach(s -> add("FloatVector s%d = FloatVector.zero(FLOATS);", s));
    add("long i = 0;");
    add("long to = y;");
    add("for (long at = w; at < end; ) {");
    dotParts("  ", type, type.loads(), "");
    add("  i += %s;", step);
    add("  at += %s;", step);
    add("  if (i == whole) {");
    add("    long from = i;");
    if (type.loads() > 1) {
      add("    if (another) {");
      dotParts("      ", type, 1, "Last");
      add("      from += BYTES;");
      add("    }");
    }
    String all = sums == 4 ? "s0.add(s1).add(s2.add(s3))" : "s0.add(s1)";
    add("    float sum = %s.reduceLanes(VectorOperators.ADD);", all);
    add("    for (; from < %dL * in; from += %d) {", type.bytes(), type.bytes());
    String input = "ALL.get(FLOAT, x + " + type.floats("from") + ")";
    add("      sum = Math.fma(%s, %s, sum);", input, type.one("at - i + from"));
    add("    }");
    add("    ALL.set(FLOAT, to, sum);");
    add("    to += 4;");
    add("    at += rest;");
    add("    i = 0;");
    IntStream.range(0, sums).forEach(s -> add("    s%d = FloatVector.zero(FLOATS);", s));
    add("  }");
    add("}");
    text.append("  }\n");
  }

  private void dotParts(String indent, Stored type, int loads, String suffix) {
    List<String> floats = new ArrayList<>();
    for (int load = 0; load < loads; load++) {
      Parts parts = type.parts(plus("at", load, "BYTES"), suffix + load);
      parts.before().forEach(statement -> add(indent + "%s", statement));
      floats.addAll(parts.floats());
    }
    for (int sum = 0; sum < floats.size(); sum++) {
      String x = vector(plus("x + " + type.floats("i"), sum, "BYTES"));
      add(indent + "s%d = %s.fma(%s, s%d);", sum, x, floats.get(sum), sum);
    }
  }

  /// Inputs of a weight [in, out] added to outputs in groups.
  private void sumStream(Stored type) {
    text.append(
        "\n  static void %sSums(long x, long w, long stride, int inputs, long bytes, long y) {\n"
            .formatted(type.name()));
    add("long end = w + stride * inputs;");
    add("long from = x;");
    add("long i = 0;");
    add("FloatVector input = %s;", broadcast("from"));
    add("for (long at = w; at < end; ) {");
    Parts parts = type.parts("at", "");
    parts.before().forEach(statement -> add("  %s", statement));
    for (int p = 0; p < type.parts(); p++) {
      String to = plus("y + " + type.floats("i"), p, "BYTES");
      String sum = "input.fma(%s, %s)".formatted(parts.floats().get(p), vector(to));
      add("  %s.intoMemorySegment(ALL, %s, ORDER);", sum, to);
    }
    add("  i += BYTES;");
    add("  at += BYTES;");
    add("  if (i == bytes) {");
    add("    at += stride - bytes;");
    add("    i = 0;");
    add("    from += 4;");
    add("    if (at < end) {");
    add("      input = %s;", broadcast("from"));
    add("    }");
    add("  }");
    add("}");
    text.append("  }\n");
  }

  /// Numbers that follow each other, and rows of a strip whose columns are whole vectors.
  private void widening(Stored type) {
    text.append("\n  static void %s(long from, long count, long to) {\n".formatted(type.name()));
    add("long i = 0;");
    add("for (; i + Lanes.COUNT <= count; i += Lanes.COUNT) {");
    widened("  ", type, "from", "to", "i");
    add("}");
    add("for (; i < count; i++) {");
    add("  ALL.set(FLOAT, to + 4 * i, %s);", type.one("from + %d * i".formatted(type.bytes())));
    add("}");
    text.append("  }\n");
    text.append(
        "\n  static void %sStrip(long from, long fromStride, int rows, int columns, long to, long toStride) {\n"
            .formatted(type.name()));
    add("for (int row = 0; row < rows; row++) {");
    add("  long source = from + row * fromStride;");
    add("  long target = to + row * toStride;");
    add("  for (int column = 0; column < columns; column += Lanes.COUNT) {");
    widened("    ", type, "source", "target", "column");
    add("  }");
    add("}");
    text.append("  }\n");
  }

  private void widened(String indent, Stored type, String from, String to, String index) {
    Parts parts = type.inOrder("%s + %dL * %s".formatted(from, type.bytes(), index));
    parts.before().forEach(statement -> add(indent + "%s", statement));
    String target = "%s + 4L * %s".formatted(to, index);
    add(indent + "%s.intoMemorySegment(ALL, %s, ORDER);", parts.floats().getFirst(), target);
  }
}
