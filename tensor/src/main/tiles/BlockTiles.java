import java.util.List;
import java.util.stream.IntStream;

/// How types in blocks are stored, for the loops that multiply with them and that widen them.
///
/// A block is gone through in parts. A part loads some bytes, makes vectors of small integers of
/// them, and says for each which scale and least number belong to it and where its terms are.
final class BlockTiles {
  private BlockTiles() {}

  /// A type.
  ///
  /// @param name as in names of methods
  /// @param elements of a block
  /// @param bytes of a block
  /// @param header statements that read what the whole block shares; `at` is its address
  /// @param parts of a block
  record Blocks(String name, int elements, int bytes, List<String> header, List<Part> parts) {}

  /// A part of a block.
  ///
  /// @param width numbers of a vector's run: 16 or 32
  /// @param terms where its first number is in the block
  /// @param loads statements that read bytes; `i` counts up to the width
  /// @param runs its runs of numbers
  record Part(int width, int terms, List<String> loads, List<Run> runs) {}

  /// Numbers that follow each other and share a scale.
  ///
  /// @param value a vector of ints, or of floats where it says so
  /// @param isFloat whether it is one of floats
  /// @param shift what is taken off each of the ints
  /// @param offset of its first number in the part
  /// @param shared its scale and least number
  record Run(String value, boolean isFloat, int shift, int offset, Shared shared) {
    static Run ints(String value, int shift, int offset, Shared shared) {
      return new Run(value, /* isFloat= */ false, shift, offset, shared);
    }

    static Run table(String index, String table, int offset, Shared shared) {
      String found =
          "(COUNT == 16 ? %1$s.selectFrom(%2$s_LOW) : %1$s.selectFrom(%2$s_LOW).blend(%1$s.selectFrom(%2$s_HIGH), %1$s.compare(VectorOperators.GT, 7))).reinterpretAsFloats()"
              .formatted(index, table);
      return new Run(found, /* isFloat= */ true, /* shift= */ 0, offset, shared);
    }
  }

  /// What the numbers of a run share.
  ///
  /// @param scale an expression
  /// @param least an expression, of what is added to each number; empty for nothing
  /// @param group numbers that share a least number: 32, or 16
  record Shared(String scale, String least, int group) {
    static Shared scale(String scale) {
      return new Shared(scale, "", 32);
    }
  }

  private static final List<String> SCALE_AND_LEAST =
      List.of("float d = BlockScales.half(at);", "float m = BlockScales.half(at + 2);");

  static final List<Blocks> ALL =
      List.of(
          fourBits("q4Plain", 18, 2, List.of("float d = BlockScales.half(at);"), 8, ""),
          fourBits("q4Offset", 20, 4, SCALE_AND_LEAST, 0, "m"),
          fiveBits("q5Plain", 22, 2, List.of("float d = BlockScales.half(at);"), 16, ""),
          fiveBits("q5Offset", 24, 4, SCALE_AND_LEAST, 0, "m"),
          new Blocks(
              "q8Plain",
              32,
              34,
              List.of("float d = BlockScales.half(at);"),
              List.of(
                  new Part(
                      32,
                      0,
                      List.of(signed("b", "at + 2 + i")),
                      List.of(Run.ints("b", 0, 0, Shared.scale("d")))))),
          q2(),
          q3(),
          q4(),
          q5(),
          q6(),
          tableBlocks("iq4Plain", "float d = BlockScales.half(at);", 18, 2, "UNEVEN"),
          iq4Super(),
          tableBlocks("mxfp4", "float d = BlockScales.power(at);", 17, 1, "FOUR_BIT_FLOATS"));

  private static String unsigned(String name, String address) {
    return "IntVector %s = (IntVector) ByteVector.fromMemorySegment(PACKED, ALL, %s, ORDER).convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);"
        .formatted(name, address);
  }

  private static String signed(String name, String address) {
    return "IntVector %s = (IntVector) ByteVector.fromMemorySegment(PACKED, ALL, %s, ORDER).convertShape(VectorOperators.B2I, INTS, 0);"
        .formatted(name, address);
  }

  private static String shifted(String vector, int bits) {
    return bits == 0
        ? vector
        : bits > 0
            ? "%s.lanewise(VectorOperators.LSHL, %d)".formatted(vector, bits)
            : "%s.lanewise(VectorOperators.LSHR, %d)".formatted(vector, -bits);
  }

  /// A bit of each number, moved to another place.
  private static String bit(String vector, int from, int to) {
    return shifted("%s.and(%d)".formatted(vector, 1 << from), to - from);
  }

  private static Blocks fourBits(
      String name, int bytes, int from, List<String> header, int shift, String least) {
    Shared shared = new Shared("d", least, 32);
    return new Blocks(
        name,
        32,
        bytes,
        header,
        List.of(
            new Part(
                16,
                0,
                List.of(unsigned("b", "at + " + from + " + i")),
                List.of(
                    Run.ints("b.and(15)", shift, 0, shared),
                    Run.ints(shifted("b", -4), shift, 16, shared)))));
  }

  private static Blocks fiveBits(
      String name, int bytes, int from, List<String> header, int shift, String least) {
    Shared shared = new Shared("d", least, 32);
    return new Blocks(
        name,
        32,
        bytes,
        header,
        List.of(
            new Part(
                16,
                0,
                List.of(
                    unsigned("b", "at + " + (from + 4) + " + i"),
                    "IntVector h = IntVector.broadcast(INTS, ALL.get(INT, at + %d) >>> i).lanewise(VectorOperators.LSHR, PLACES);"
                        .formatted(from)),
                List.of(
                    Run.ints("b.and(15).or(" + bit("h", 0, 4) + ")", shift, 0, shared),
                    Run.ints(
                        shifted("b", -4) + ".or(" + bit("h", 16, 4) + ")", shift, 16, shared)))));
  }

  private static Blocks tableBlocks(String name, String header, int bytes, int from, String table) {
    Shared shared = Shared.scale("d");
    return new Blocks(
        name,
        32,
        bytes,
        List.of(header),
        List.of(
            new Part(
                16,
                0,
                List.of(
                    unsigned("b", "at + " + from + " + i"),
                    "IntVector low = b.and(15);",
                    "IntVector high = " + shifted("b", -4) + ";"),
                List.of(
                    Run.table("low", table, 0, shared), Run.table("high", table, 16, shared)))));
  }

  private static Blocks iq4Super() {
    return new Blocks(
        "iq4Super",
        256,
        136,
        List.of("float d = BlockScales.half(at);"),
        IntStream.range(0, 8)
            .mapToObj(
                group -> {
                  Shared shared = Shared.scale("d * BlockScales.six(at + 2, %d)".formatted(group));
                  return new Part(
                      16,
                      32 * group,
                      List.of(
                          unsigned("b", "at + %d + i".formatted(8 + 16 * group)),
                          "IntVector low = b.and(15);",
                          "IntVector high = " + shifted("b", -4) + ";"),
                      List.of(
                          Run.table("low", "UNEVEN", 0, shared),
                          Run.table("high", "UNEVEN", 16, shared)));
                })
            .toList());
  }

  private static Blocks q2() {
    return new Blocks(
        "q2Super",
        256,
        84,
        List.of("float d = BlockScales.half(at + 80);", "float m = BlockScales.half(at + 82);"),
        IntStream.range(0, 4)
            .mapToObj(
                part -> {
                  int half = part / 2;
                  int side = part % 2;
                  return new Part(
                      16,
                      128 * half + 16 * side,
                      List.of(unsigned("b", "at + %d + i".formatted(16 + 32 * half + 16 * side))),
                      IntStream.range(0, 4)
                          .mapToObj(
                              j -> {
                                int scale = 8 * half + 2 * j + side;
                                return Run.ints(
                                    shifted("b", -2 * j) + ".and(3)",
                                    0,
                                    32 * j,
                                    new Shared(
                                        "d * BlockScales.low(at + %d)".formatted(scale),
                                        "-(m * BlockScales.high(at + %d))".formatted(scale),
                                        16));
                              })
                          .toList());
                })
            .toList());
  }

  private static Blocks q3() {
    return new Blocks(
        "q3Super",
        256,
        110,
        List.of("float d = BlockScales.half(at + 108);"),
        IntStream.range(0, 4)
            .mapToObj(
                part -> {
                  int half = part / 2;
                  int side = part % 2;
                  return new Part(
                      16,
                      128 * half + 16 * side,
                      List.of(
                          unsigned("b", "at + %d + i".formatted(32 + 32 * half + 16 * side)),
                          unsigned("h", "at + %d + i".formatted(16 * side))),
                      IntStream.range(0, 4)
                          .mapToObj(
                              j ->
                                  Run.ints(
                                      "%s.and(3).or(%s).sub(4)"
                                          .formatted(
                                              shifted("b", -2 * j), bit("h", 4 * half + j, 2)),
                                      0,
                                      32 * j,
                                      Shared.scale(
                                          "d * BlockScales.third(at + 96, %d)"
                                              .formatted(8 * half + 2 * j + side))))
                          .toList());
                })
            .toList());
  }

  private static Shared packed(int group) {
    return new Shared(
        "d * BlockScales.scale(at + 4, %d)".formatted(group),
        "-(m * BlockScales.least(at + 4, %d))".formatted(group),
        32);
  }

  private static Blocks q4() {
    return new Blocks(
        "q4Super",
        256,
        144,
        SCALE_AND_LEAST,
        IntStream.range(0, 4)
            .mapToObj(
                pair ->
                    new Part(
                        32,
                        64 * pair,
                        List.of(unsigned("b", "at + %d + i".formatted(16 + 32 * pair))),
                        List.of(
                            Run.ints("b.and(15)", 0, 0, packed(2 * pair)),
                            Run.ints(shifted("b", -4), 0, 32, packed(2 * pair + 1)))))
            .toList());
  }

  private static Blocks q5() {
    return new Blocks(
        "q5Super",
        256,
        176,
        SCALE_AND_LEAST,
        IntStream.range(0, 4)
            .mapToObj(
                pair ->
                    new Part(
                        32,
                        64 * pair,
                        List.of(
                            unsigned("b", "at + %d + i".formatted(48 + 32 * pair)),
                            unsigned("h", "at + 16 + i")),
                        List.of(
                            Run.ints(
                                "b.and(15).or(" + bit("h", 2 * pair, 4) + ")",
                                0,
                                0,
                                packed(2 * pair)),
                            Run.ints(
                                shifted("b", -4) + ".or(" + bit("h", 2 * pair + 1, 4) + ")",
                                0,
                                32,
                                packed(2 * pair + 1)))))
            .toList());
  }

  private static Blocks q6() {
    return new Blocks(
        "q6Super",
        256,
        210,
        List.of("float d = BlockScales.half(at + 208);"),
        IntStream.range(0, 4)
            .mapToObj(
                part -> {
                  int half = part / 2;
                  int side = part % 2;
                  int lower = 64 * half + 16 * side;
                  int scales = 192 + 8 * half + side;
                  List<String> values =
                      List.of(
                          "a.and(15).or(" + shifted("h.and(3)", 4) + ").sub(32)",
                          "b.and(15).or(" + shifted("h.and(12)", 2) + ").sub(32)",
                          shifted("a", -4) + ".or(h.and(48)).sub(32)",
                          shifted("b", -4) + ".or(" + shifted("h.and(192)", -2) + ").sub(32)");
                  return new Part(
                      16,
                      128 * half + 16 * side,
                      List.of(
                          unsigned("a", "at + %d + i".formatted(lower)),
                          unsigned("b", "at + %d + i".formatted(lower + 32)),
                          unsigned("h", "at + %d + i".formatted(128 + 32 * half + 16 * side))),
                      IntStream.range(0, 4)
                          .mapToObj(
                              j ->
                                  Run.ints(
                                      values.get(j),
                                      0,
                                      32 * j,
                                      Shared.scale(
                                          "d * ALL.get(BYTE, at + %d)".formatted(scales + 2 * j))))
                          .toList());
                })
            .toList());
  }
}
