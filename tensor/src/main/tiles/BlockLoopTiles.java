import java.util.List;

/// Writes the loops over blocks that [BlockTiles] describes, for vectors of 16 and of 8 floats.
final class BlockLoopTiles {
  private static final int[] LANES = {16, 8};

  private final StringBuilder text;

  private BlockLoopTiles(StringBuilder text) {
    this.text = text;
  }

  /// A row with a row of blocks.
  static void dots(StringBuilder text) {
    for (BlockTiles.Blocks type : BlockTiles.ALL) {
      for (int lanes : LANES) {
        new BlockLoopTiles(text).dots(type, lanes);
      }
    }
  }

  /// Blocks to floats.
  static void widenings(StringBuilder text) {
    for (BlockTiles.Blocks type : BlockTiles.ALL) {
      for (int lanes : LANES) {
        new BlockLoopTiles(text).widening(type, lanes);
      }
    }
  }

  private void add(String line, Object... values) {
    text.append("    ").append(line.formatted(values)).append('\n');
  }

  private static String float32(BlockTiles.Run run, String ints) {
    return run.isFloat() ? ints : "((FloatVector) " + ints + ".convert(VectorOperators.I2F, 0))";
  }

  /// A row with a row of blocks: small integers meet their terms first, their sum meets the scale.
  /// What is the same for all numbers of a group meets the sum of their terms.
  ///
  /// Vectors of a part are spelled out for a number of lanes: where a loop is left whose only turn
  /// the compiler peels, it checks every address.
  private void dots(BlockTiles.Blocks type, int lanes) {
    text.append(
        "\n  static float %s%d(long x, long sums, long halfSums, int in, long w, long room) {\n"
            .formatted(type.name(), lanes));
    add("FloatVector all = FloatVector.zero(FLOATS);");
    add("float offset = 0;");
    boolean leasts = leastsInRoom(type);
    if (leasts) {
      add("FloatVector offsets = FloatVector.zero(BlockScales.EIGHT);");
    }
    add("long at = w;");
    add("for (int block = 0; block < in / %d; block++, at += %d) {", type.elements(), type.bytes());
    add("  long terms = x + %dL * block;", 4 * type.elements());
    type.header().forEach(statement -> add("  %s", statement));
    BlockTiles.Parts parts = type.parts();
    if (leasts) {
      leastsOfBlock(type);
    }
    String indent = eachPart(parts);
    List<BlockTiles.Shared> shared =
        parts.runs().stream().map(BlockTiles.Run::shared).distinct().toList();
    for (int s = 0; s < shared.size(); s++) {
      add(indent + "FloatVector s%d;", s);
    }
    boolean[] begun = new boolean[shared.size()];
    eachVector(
        parts,
        lanes,
        indent,
        () -> {
          for (BlockTiles.Run run : parts.runs()) {
            int s = shared.indexOf(run.shared());
            String term =
                KernelTiles.vector("terms + 4L * (first + %d + i)".formatted(run.offset()));
            String product = begun[s] ? "fma(%s, s%d)".formatted(term, s) : "mul(" + term + ")";
            add(indent + "  s%d = %s.%s;", s, float32(run, run.value()), product);
            begun[s] = true;
          }
        });
    for (int s = 0; s < shared.size(); s++) {
      blockSums(type, indent, shared.get(s), "s" + s);
    }
    if (parts.times() > 1) {
      add("  }");
    }
    add("}");
    String rest = leasts ? " + offsets.reduceLanes(VectorOperators.ADD)" : "";
    add("return all.reduceLanes(VectorOperators.ADD) + offset%s;", rest);
    text.append("  }\n");
  }

  private interface Spelled {
    void write();
  }

  /// What is done with each vector of a part; `i` is its first number.
  private void eachVector(BlockTiles.Parts parts, int lanes, String indent, Spelled spelled) {
    for (int i = 0; i < parts.width(); i += lanes) {
      add(indent + "{");
      add(indent + "  final int i = %d;", i);
      parts.loads().forEach(statement -> add(indent + "  %s", statement));
      spelled.write();
      add(indent + "}");
    }
  }

  private static boolean leastsInRoom(BlockTiles.Blocks type) {
    return type.parts().times() > 1
        && type.parts().runs().stream().anyMatch(run -> !run.shared().least().isEmpty());
  }

  /// The least numbers of a block meet the sums of its groups, eight at a time.
  private void leastsOfBlock(BlockTiles.Blocks type) {
    int group = type.parts().runs().getFirst().shared().group();
    int groups = type.elements() / group;
    for (int g = 0; g < groups; g += 8) {
      String from = "FloatVector.fromMemorySegment(BlockScales.EIGHT, ALL, %s, ORDER)";
      add(
          "  offsets = %s.fma(%s, offsets);",
          from.formatted("room + BlockScales.LEASTS + %d".formatted(4 * g)),
          from.formatted(
              "%s + 4L * (%d * block + %d)"
                  .formatted(group == 32 ? "sums" : "halfSums", groups, g)));
    }
  }

  /// Begins what is done for each part, if there are several.
  ///
  /// @return the indent of what follows
  private String eachPart(BlockTiles.Parts parts) {
    String indent = parts.times() == 1 ? "  " : "    ";
    if (parts.times() > 1) {
      add("  for (int p = 0; p < %d; p++) {", parts.times());
    }
    add(indent + "int first = %s;", parts.terms());
    parts.before().forEach(statement -> add(indent + "%s", statement));
    return indent;
  }

  private void blockSums(
      BlockTiles.Blocks type, String indent, BlockTiles.Shared shared, String sum) {
    BlockTiles.Run run =
        type.parts().runs().stream()
            .filter(one -> one.shared().equals(shared))
            .findFirst()
            .orElseThrow();
    String scale = sum + "Scale";
    add(indent + "float %s = %s;", scale, shared.scale());
    add(indent + "all = %s.fma(FloatVector.broadcast(FLOATS, %s), all);", sum, scale);
    String terms =
        "ALL.get(FLOAT, %s + 4L * (%d * block + (first + %d >> %d)))"
            .formatted(
                shared.group() == 32 ? "sums" : "halfSums",
                type.elements() / shared.group(),
                run.offset(),
                shared.group() == 32 ? 5 : 4);
    if (run.shift() != 0) {
      add(indent + "offset = Math.fma(-%d * %s, %s, offset);", run.shift(), scale, terms);
    }
    if (!shared.least().isEmpty() && !leastsInRoom(type)) {
      add(indent + "offset = Math.fma(%s, %s, offset);", shared.least(), terms);
    }
  }

  private void widening(BlockTiles.Blocks type, int lanes) {
    text.append(
        "\n  static void %s%d(long from, int blocks, long to, long room) {\n"
            .formatted(type.name(), lanes));
    add("long at = from;");
    add("for (int block = 0; block < blocks; block++, at += %d) {", type.bytes());
    add("  long target = to + %dL * block;", 4 * type.elements());
    type.header().forEach(statement -> add("  %s", statement));
    BlockTiles.Parts parts = type.parts();
    String indent = eachPart(parts);
    for (int r = 0; r < parts.runs().size(); r++) {
      BlockTiles.Shared shared = parts.runs().get(r).shared();
      add(indent + "float d%d = %s;", r, shared.scale());
      if (!shared.least().isEmpty()) {
        add(indent + "float m%d = %s;", r, shared.least());
      }
    }
    eachVector(
        parts,
        lanes,
        indent,
        () -> {
          for (int r = 0; r < parts.runs().size(); r++) {
            BlockTiles.Run run = parts.runs().get(r);
            String ints =
                run.shift() == 0 ? run.value() : run.value() + ".sub(" + run.shift() + ")";
            String wide = float32(run, ints) + ".mul(d%d)".formatted(r);
            if (!run.shared().least().isEmpty()) {
              wide += ".add(m%d)".formatted(r);
            }
            String place = "target + 4L * (first + %d + i)".formatted(run.offset());
            add(indent + "  %s.intoMemorySegment(ALL, %s, ORDER);", wide, place);
          }
        });
    if (parts.times() > 1) {
      add("  }");
    }
    add("}");
    text.append("  }\n");
  }
}
