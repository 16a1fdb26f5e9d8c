import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// How types in blocks are stored, for the loops that multiply with them and that widen them.
///
/// A block is gone through in parts, one like the other. A part loads some bytes, makes vectors of
/// small integers of them, and says for each which scale and least number belong to it and where
/// its terms are.
final class BlockTiles {
  private BlockTiles() {}

  /// A type.
  ///
  /// @param name as in names of methods
  /// @param elements of a block
  /// @param bytes of a block
  /// @param header statements that read what the whole block shares; `at` is its address, `room`
  ///   that of room for scales
  /// @param parts of a block
  record Blocks(String name, int elements, int bytes, List<String> header, Parts parts) {}

  /// What the parts of a block have in common. The loops go from part to part rather than spell
  /// each of them out: the first compiler has not enough registers for eight parts in one method,
  /// and what it gives up is never compiled by the second.
  ///
  /// @param width numbers of a vector's run: 16 or 32
  /// @param times how many parts there are; `p` counts them
  /// @param terms where the first number of part `p` is in the block
  /// @param before statements that find what belongs to part `p`
  /// @param loads statements that read bytes; `i` counts up to the width
  /// @param runs its runs of numbers
  record Parts(
      int width, int times, String terms, List<String> before, List<String> loads, List<Run> runs) {
    /// The only part of a block.
    static Parts one(int width, List<String> loads, List<Run> runs) {
      return new Parts(width, 1, "0", List.of(), loads, runs);
    }
  }

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
  /// @param least an expression, of what is added to each number; empty for nothing. Where a block
  ///   has several parts, the header put all of them into the room
  /// @param group numbers that share a least number: 32, or 16
  record Shared(String scale, String least, int group) {
    static Shared scale(String scale) {
      return new Shared(scale, "", 32);
    }
  }

  private static final List<String> SCALE_AND_LEAST = twoHalves("at");

  private static final List<String> PACKED_SCALES =
      withHalves("at", "BlockScales.unpackSixes(at + 4, d, m, room);");

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
              Parts.one(
                  32,
                  List.of(signed("b", "at + 2 + i")),
                  List.of(Run.ints("b", 0, 0, Shared.scale("d"))))),
          q2(),
          q3(),
          q4(),
          q5(),
          q6(),
          tableBlocks("iq4Plain", "float d = BlockScales.half(at);", 18, 2, "UNEVEN"),
          iq4Super(),
          tableBlocks("mxfp4", "float d = BlockScales.power(at);", 17, 1, "FOUR_BIT_FLOATS"));

  /// A scale and a least number that lie side by side are read at once.
  private static List<String> twoHalves(String address) {
    return List.of(
        "int both = ALL.get(INT, %s);".formatted(address),
        "float d = Float.float16ToFloat((short) both);",
        "float m = Float.float16ToFloat((short) (both >> 16));");
  }

  private static List<String> withHalves(String address, String unpack) {
    List<String> all = new ArrayList<>(twoHalves(address));
    all.add(unpack);
    return all;
  }

  /// A scale that a header put into the room.
  private static String scale(String group) {
    return "ALL.get(FLOAT, room + 4L * (%s))".formatted(group);
  }

  /// A least number likewise.
  private static String least(String group) {
    return "ALL.get(FLOAT, room + BlockScales.LEASTS + 4L * (%s))".formatted(group);
  }

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
        Parts.one(
            16,
            List.of(unsigned("b", "at + " + from + " + i")),
            List.of(
                Run.ints("b.and(15)", shift, 0, shared),
                Run.ints(shifted("b", -4), shift, 16, shared))));
  }

  private static Blocks fiveBits(
      String name, int bytes, int from, List<String> header, int shift, String least) {
    Shared shared = new Shared("d", least, 32);
    return new Blocks(
        name,
        32,
        bytes,
        header,
        Parts.one(
            16,
            List.of(
                unsigned("b", "at + " + (from + 4) + " + i"),
                "IntVector h = IntVector.broadcast(INTS, ALL.get(INT, at + %d) >>> i).lanewise(VectorOperators.LSHR, PLACES);"
                    .formatted(from)),
            List.of(
                Run.ints("b.and(15).or(" + bit("h", 0, 4) + ")", shift, 0, shared),
                Run.ints(shifted("b", -4) + ".or(" + bit("h", 16, 4) + ")", shift, 16, shared))));
  }

  private static Blocks tableBlocks(String name, String header, int bytes, int from, String table) {
    Shared shared = Shared.scale("d");
    return new Blocks(
        name,
        32,
        bytes,
        List.of(header),
        Parts.one(
            16,
            List.of(
                unsigned("b", "at + " + from + " + i"),
                "IntVector low = b.and(15);",
                "IntVector high = " + shifted("b", -4) + ";"),
            List.of(Run.table("low", table, 0, shared), Run.table("high", table, 16, shared))));
  }

  private static Blocks iq4Super() {
    Shared shared = Shared.scale("d * BlockScales.six(at + 2, p)");
    return new Blocks(
        "iq4Super",
        256,
        136,
        List.of("float d = BlockScales.half(at);"),
        new Parts(
            16,
            8,
            "32 * p",
            List.of(),
            List.of(
                unsigned("b", "at + 8 + 16 * p + i"),
                "IntVector low = b.and(15);",
                "IntVector high = " + shifted("b", -4) + ";"),
            List.of(
                Run.table("low", "UNEVEN", 0, shared), Run.table("high", "UNEVEN", 16, shared))));
  }

  /// Parts of 64 numbers in halves of 128: every second run of 16 of a half.
  private static Parts ofHalves(List<String> before, List<String> loads, List<Run> runs) {
    return new Parts(16, 4, "128 * (p >> 1) + 16 * (p & 1)", before, loads, runs);
  }

  private static List<Run> four(IntFunction<Run> run) {
    return IntStream.range(0, 4).mapToObj(run).toList();
  }

  /// The group of 16 of a run of [#ofHalves].
  private static String sixteen(int run) {
    return "8 * (p >> 1) + (p & 1) + " + 2 * run;
  }

  private static Blocks q2() {
    return new Blocks(
        "q2Super",
        256,
        84,
        withHalves("at + 80", "BlockScales.unpackFours(at, d, m, room);"),
        ofHalves(
            List.of(),
            List.of(unsigned("b", "at + 16 + 16 * p + i")),
            four(
                j ->
                    Run.ints(
                        shifted("b", -2 * j) + ".and(3)",
                        0,
                        32 * j,
                        new Shared(scale(sixteen(j)), least(sixteen(j)), 16)))));
  }

  private static Blocks q3() {
    return new Blocks(
        "q3Super",
        256,
        110,
        List.of(
            "float d = BlockScales.half(at + 108);", "BlockScales.unpackThirds(at + 96, d, room);"),
        ofHalves(
            List.of(),
            List.of(
                unsigned("b", "at + 32 + 16 * p + i"),
                unsigned("bits", "at + 16 * (p & 1) + i"),
                "IntVector h = bits.lanewise(VectorOperators.LSHR, 4 * (p >> 1));"),
            four(
                j ->
                    Run.ints(
                        "%s.and(3).or(%s).sub(4)".formatted(shifted("b", -2 * j), bit("h", j, 2)),
                        0,
                        32 * j,
                        Shared.scale(scale(sixteen(j)))))));
  }

  /// @param group of the two of a part
  private static Shared packed(int group) {
    return new Shared(scale("2 * p + " + group), least("2 * p + " + group), 32);
  }

  private static Blocks q4() {
    return new Blocks(
        "q4Super",
        256,
        144,
        PACKED_SCALES,
        new Parts(
            32,
            4,
            "64 * p",
            List.of(),
            List.of(unsigned("b", "at + 16 + 32 * p + i")),
            List.of(
                Run.ints("b.and(15)", 0, 0, packed(0)),
                Run.ints(shifted("b", -4), 0, 32, packed(1)))));
  }

  private static Blocks q5() {
    return new Blocks(
        "q5Super",
        256,
        176,
        PACKED_SCALES,
        new Parts(
            32,
            4,
            "64 * p",
            List.of(),
            List.of(
                unsigned("b", "at + 48 + 32 * p + i"),
                unsigned("bits", "at + 16 + i"),
                "IntVector h = bits.lanewise(VectorOperators.LSHR, 2 * p);"),
            List.of(
                Run.ints("b.and(15).or(" + bit("h", 0, 4) + ")", 0, 0, packed(0)),
                Run.ints(shifted("b", -4) + ".or(" + bit("h", 1, 4) + ")", 0, 32, packed(1)))));
  }

  private static Blocks q6() {
    List<String> values =
        List.of(
            "a.and(15).or(" + shifted("h.and(3)", 4) + ").sub(32)",
            "b.and(15).or(" + shifted("h.and(12)", 2) + ").sub(32)",
            shifted("a", -4) + ".or(h.and(48)).sub(32)",
            shifted("b", -4) + ".or(" + shifted("h.and(192)", -2) + ").sub(32)");
    return new Blocks(
        "q6Super",
        256,
        210,
        List.of(
            "float d = BlockScales.half(at + 208);",
            "BlockScales.unpackSigned(at + 192, d, room);"),
        ofHalves(
            List.of("long lower = at + 64 * (p >> 1) + 16 * (p & 1);"),
            List.of(
                unsigned("a", "lower + i"),
                unsigned("b", "lower + 32 + i"),
                unsigned("h", "at + 128 + 16 * p + i")),
            four(j -> Run.ints(values.get(j), 0, 32 * j, Shared.scale(scale(sixteen(j)))))));
  }
}
