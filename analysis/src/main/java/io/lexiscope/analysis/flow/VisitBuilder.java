package io.lexiscope.analysis.flow;

import io.lexiscope.analysis.attention.HeadLayer;
import io.lexiscope.analysis.attention.HeadSide;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.MlpWeights;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The published picture of a block at one position: its selection, widths and colours, with the
/// query projected the right way round (D1) and every norm its own (D4).
///
/// @see <a href="https://arxiv.org/abs/2305.13417">Katz and Belinkov 2023, §4, §A.4, §A.5</a>
final class VisitBuilder {
  static final int HEADS = 10;
  static final int SOURCES = 2;
  static final int TOP = 18;
  static final int BOTTOM = 7;
  private static final double THIN = 0.51;
  private static final double FIXED = 7;

  private final Run run;
  private final FlowQuestion question;
  private final FlowSweep sweep;
  private final int position;
  private final boolean parallel;
  private final FlowSheet sheet = new FlowSheet();
  private final List<Drawn> edges = new ArrayList<>();
  private double listed;
  private double whole;

  /// An edge whose colour is that of the words of a node, where `reads` names one.
  private record Drawn(FlowEdge edge, @Nullable String reads) {}

  VisitBuilder(Run run, FlowQuestion question, FlowSweep sweep) {
    this.run = run;
    this.question = question;
    this.sweep = sweep;
    this.position = question.position();
    this.parallel = run.model().architecture().block().wiring().parallel();
  }

  /// @param logit of the target relative to the mean word or the foil
  FlowGraph graph(double logit) {
    FlowQuestion.Span span = question.span();
    stream(span.first(), "block_input", "before block " + span.first(), 2 * span.first());
    for (int layer = span.first(); layer <= span.last(); layer++) {
      new Block(layer).draw();
    }
    List<FlowNode> nodes = sheet.read(run.model(), question).stream().map(this::coloured).toList();
    Map<String, FlowNode> byId = new HashMap<>();
    nodes.forEach(node -> byId.put(node.id(), node));
    List<FlowWriter> all = FlowChoice.all(sweep, run.model().architecture().layers(), position);
    List<FlowWriter> shown = all.stream().filter(one -> byId.containsKey(one.id())).toList();
    double total = all.stream().mapToDouble(FlowWriter::influence).sum();
    return new FlowGraph(
        nodes,
        edges.stream().map(edge -> coloured(edge, byId)).toList(),
        new FlowTotals(
            position,
            logit,
            total > 0 ? shown.stream().mapToDouble(FlowWriter::influence).sum() / total : 0,
            whole > 0 ? listed / whole : 1,
            all.size(),
            shown.size()));
  }

  private FlowNode coloured(FlowNode node) {
    return switch (node.kind()) {
      case ATTN_BIAS, MLP_BIAS -> node.coloured(VisitColours.BIAS);
      case HEADS -> node.coloured(VisitColours.UNREAD);
      default ->
          node.target() == null
              ? node.coloured(VisitColours.UNREAD)
              : node.coloured(
                  VisitColours.ofRank(
                      node.target().rank(), run.model().architecture().dimensions().vocabulary()));
    };
  }

  private static FlowEdge coloured(Drawn drawn, Map<String, FlowNode> byId) {
    FlowEdge edge = drawn.edge();
    FlowNode read = drawn.reads() == null ? null : byId.get(drawn.reads());
    Double bits = read == null ? null : read.entropy();
    return bits == null
        ? edge
        : new FlowEdge(
            edge.from(),
            edge.to(),
            edge.kind(),
            edge.width(),
            edge.value(),
            edge.influence(),
            edge.weight(),
            VisitColours.ofEntropy(bits));
  }

  /// A length as the published widths have it, to three digits.
  private static double length(Tensor vector) {
    return Math.rint(1000 * FlowNumbers.length(vector)) / 1000;
  }

  private String stream(int layer, String name, String label, int point) {
    String id = "L" + layer + ":" + name + "@" + position;
    boolean middle = point % 2 == 1;
    sheet.add(
        FlowSheet.node(
            id,
            middle ? FlowKind.STREAM_MID : FlowKind.STREAM,
            FlowSpot.of(point / 2, position),
            label,
            null,
            sweep.stream(point, position)),
        at(point));
    return id;
  }

  private Tensor at(int point) {
    return run.activation(FlowStreams.place(run, point), position);
  }

  /// The first `top` and the last `bottom` by a signed score, without repeats.
  static List<Integer> ends(int count, IntToDoubleFunction score, int top, int bottom) {
    List<Integer> order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -score.applyAsDouble(i)))
            .toList();
    if (count <= top + bottom) {
      return order;
    }
    List<Integer> ends = new ArrayList<>(order.subList(0, top));
    ends.addAll(order.subList(count - bottom, count).reversed());
    return ends;
  }

  /// One block.
  private final class Block {
    private final int layer;
    private final HeadLayer attention;
    private final BlockWeights<Tensor> weights;

    Block(int layer) {
      this.layer = layer;
      this.attention = HeadLayer.of(run, layer);
      this.weights = run.model().transformer().weights().blocks().get(layer);
    }

    void draw() {
      String input =
          layer == question.span().first()
              ? "L" + layer + ":block_input@" + position
              : "L" + (layer - 1) + ":block_output@" + position;
      Tensor before = at(2 * layer);
      String attended = attention(input, before);
      String read = input;
      Tensor stream = before;
      if (!parallel) {
        stream = at(2 * layer + 1);
        read = stream(layer, "residual_after_attn", "inside block " + layer, 2 * layer + 1);
        adds(attended, read);
        residual(input, read, before, VisitColours.BEFORE_ATTENTION);
      }
      String made = mlp(read, stream);
      String output = stream(layer, "block_output", "after block " + layer, 2 * layer + 2);
      adds(made, output);
      if (parallel) {
        adds(attended, output);
      }
      residual(read, output, stream, VisitColours.BEFORE_MLP);
    }

    private String name(String what) {
      return "L" + layer + ":" + what + "@" + position;
    }

    private String node(String what, FlowKind kind, String label, Tensor vector) {
      String id = name(what);
      sheet.add(FlowSheet.node(id, kind, FlowSpot.of(layer, position), label, null, 0), vector);
      return id;
    }

    private void adds(String from, String to) {
      double norm = length(java.util.Objects.requireNonNull(sheet.vector(from)));
      edge(from, to, FlowEdgeKind.ADDS, norm, norm, null, from, null);
    }

    private void residual(String from, String to, Tensor vector, String colour) {
      double norm = length(vector);
      edge(from, to, FlowEdgeKind.RESIDUAL, norm, norm, null, null, colour);
    }

    private void edge(
        String from,
        String to,
        FlowEdgeKind kind,
        double width,
        double value,
        @Nullable Double weight,
        @Nullable String reads,
        @Nullable String colour) {
      edges.add(
          new Drawn(
              new FlowEdge(from, to, kind, Math.abs(width), value, 0, weight, colour), reads));
    }

    private String attention(String input, Tensor before) {
      Tensor read = HeadSide.query(attention, 0, position).read();
      String normed = node("attn_input", FlowKind.NORMED, "what attention reads", read);
      double length = length(before);
      edge(input, normed, FlowEdgeKind.NORM, length, length, null, null, VisitColours.NORM);
      int count = attention.heads().heads();
      List<Tensor> asks =
          IntStream.range(0, count)
              .mapToObj(
                  head ->
                      HeadSide.key(attention, head, position)
                          .back(HeadSide.query(attention, head, position).turned()))
              .toList();
      Tensor all = asks.getFirst();
      for (Tensor one : asks.subList(1, count)) {
        all = all.add(one);
      }
      String queries = node("qkv_full", FlowKind.QUERIES, "queries of all heads", all);
      double entering = length(read);
      edge(normed, queries, FlowEdgeKind.FEEDS, entering, entering, null, queries, null);
      Tensor z = run.activation(HookPoint.Z.at(layer), position);
      String heads = name("concated_heads");
      sheet.add(
          FlowSheet.node(
              heads,
              FlowKind.HEADS,
              FlowSpot.of(layer, position),
              "all heads before W_O",
              null,
              0));
      Tensor outputs = attention.outputs(List.of(position)).squeeze(0);
      float[] lengths = z.norm(-1, /* keepAxis= */ false).toFloats();
      List<Integer> longest =
          IntStream.range(0, count)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer head) -> -lengths[head]))
              .limit(HEADS)
              .sorted()
              .toList();
      for (int head : longest) {
        head(head, queries, asks.get(head), outputs.select(0, head).copy(), heads);
      }
      String attended =
          node(
              "attn_output",
              FlowKind.ATTN,
              "attention " + layer,
              run.activation(HookPoint.ATTN_OUT.at(layer), position));
      rows(heads, attended, z.reshape(-1).toFloats());
      if (attention.hasBias()) {
        Tensor bias = attention.biases(List.of(position)).squeeze(0);
        String id = node("attn_bias", FlowKind.ATTN_BIAS, "bias of attention", bias);
        edge(heads, id, FlowEdgeKind.FEEDS, FIXED, length(bias), null, null, VisitColours.BIAS);
        edge(
            id,
            attended,
            FlowEdgeKind.PART,
            length(bias),
            length(bias),
            null,
            null,
            VisitColours.BIAS);
      }
      return attended;
    }

    private void head(int head, String queries, Tensor ask, Tensor output, String heads) {
      String id = "L" + layer + "H" + head + "@" + position;
      String label = "L" + layer + "H" + head;
      FlowSpot spot = new FlowSpot(layer, position, head, null, null);
      String query = "L" + layer + "H" + head + ":query@" + position;
      sheet.add(FlowSheet.node(query, FlowKind.QUERY, spot, label + " asks", null, 0), ask);
      double asked = length(ask);
      edge(queries, query, FlowEdgeKind.PART, 0.2 * asked, asked, null, query, null);
      sheet.add(
          FlowSheet.node(
              id,
              FlowKind.HEAD,
              spot,
              label,
              sweep.direct().headPush(layer, head),
              sweep.head(layer, position, head)),
          output);
      float[] weights = attention.pattern(List.of(position)).select(0, head).toFloats();
      Tensor values = attention.values(head).matmul(attention.outputMatrices().select(0, head));
      List<Integer> sources =
          IntStream.rangeClosed(0, position)
              .boxed()
              .filter(source -> weights[source] > 0)
              .sorted(Comparator.comparingDouble((Integer source) -> -weights[source]))
              .limit(SOURCES)
              .toList();
      for (int source : sources) {
        source(head, source, weights[source], values.select(0, source).copy());
      }
      double norm = length(output);
      edge(id, heads, FlowEdgeKind.PART, 1.8 * norm, norm, null, id, null);
    }

    private void source(int head, int source, double weight, Tensor value) {
      String id = "L" + layer + "H" + head + "@" + position;
      String label = "L" + layer + "H" + head;
      FlowSpot spot = new FlowSpot(layer, position, head, null, source);
      String key = "L" + layer + "H" + head + ":key<" + source + "@" + position;
      sheet.add(
          FlowSheet.node(key, FlowKind.KEY, spot, label + " key of " + source, null, 0),
          HeadSide.query(attention, head, position)
              .back(HeadSide.key(attention, head, source).turned()));
      String read = id + "<" + source;
      sheet.add(
          FlowSheet.node(read, FlowKind.VALUE, spot, label + " from " + source, null, 0), value);
      double thick = Math.max(10 * weight, THIN);
      String colour = VisitColours.ofWeight(weight);
      String query = "L" + layer + "H" + head + ":query@" + position;
      edge(query, key, FlowEdgeKind.ATTENDS, thick, weight, weight, null, colour);
      edge(key, read, FlowEdgeKind.ATTENDS, thick, weight, weight, null, colour);
      double norm = weight * length(value);
      edge(read, id, FlowEdgeKind.MOVES, Math.max(1.3 * norm, THIN), norm, weight, read, null);
    }

    /// Rows of W_O, by coefficient times length.
    private void rows(String heads, String attended, float[] coefficients) {
      int width = attention.heads().dHead();
      Tensor rows = attention.outputMatrices().reshape(coefficients.length, -1);
      float[] lengths = rows.norm(-1, /* keepAxis= */ false).toFloats();
      List<Integer> shown =
          ends(coefficients.length, k -> coefficients[k] * lengths[k], TOP, BOTTOM);
      for (int i = 0; i < shown.size(); i++) {
        int k = shown.get(i);
        String id = "L" + layer + "O" + k + "@" + position;
        sheet.add(
            FlowSheet.node(
                id,
                FlowKind.ATTN_NEURON,
                new FlowSpot(layer, position, k / width, k, null),
                "row " + k + " of W_O",
                null,
                0),
            rows.select(0, k).copy());
        edge(
            heads,
            id,
            FlowEdgeKind.FEEDS,
            FIXED,
            coefficients[k],
            null,
            null,
            i < TOP ? VisitColours.TOP : VisitColours.BOTTOM);
        double size = coefficients[k] * lengths[k];
        edge(id, attended, FlowEdgeKind.PART, size, size, null, id, null);
      }
      count(coefficients, lengths, shown);
    }

    private void count(float[] coefficients, float[] lengths, List<Integer> shown) {
      for (int k = 0; k < coefficients.length; k++) {
        whole += Math.abs(coefficients[k] * lengths[k]);
      }
      for (int k : shown) {
        listed += Math.abs(coefficients[k] * lengths[k]);
      }
    }

    private String mlp(String stream, Tensor before) {
      Tensor read = read(before);
      String normed = node("mlp_input", FlowKind.NORMED, "what the MLP reads", read);
      double length = length(before);
      edge(stream, normed, FlowEdgeKind.NORM, length, length, null, null, VisitColours.NORM);
      String made = "L" + layer + "M@" + position;
      sheet.add(
          FlowSheet.node(
              made,
              FlowKind.MLP,
              FlowSpot.of(layer, position),
              "MLP " + layer,
              sweep.direct().mlpPush(layer),
              sweep.mlp(layer, position)),
          run.activation(HookPoint.MLP_OUT.at(layer), position));
      if (!new MlpParts(run, layer, position).hasNeurons()) {
        throw new FlowException(
            "flow: expected the neurons of position %d, got those of the last only, as of every long prompt; leave position out"
                .formatted(position));
      }
      float[] active = run.activation(HookPoint.MLP_POST.at(layer), position).toFloats();
      Tensor rows = Linears.rowsAreInputs(weights.mlp().out());
      float[] lengths = rows.norm(-1, /* keepAxis= */ false).toFloats();
      List<Integer> shown = ends(active.length, j -> active[j] * lengths[j], TOP, BOTTOM);
      Linear<Tensor> up = up();
      Tensor columns = Linears.rowsAreInputs(up);
      int from = (int) columns.size(1) - active.length;
      for (int i = 0; i < shown.size(); i++) {
        int j = shown.get(i);
        FlowSpot spot = new FlowSpot(layer, position, null, j, null);
        String key = "L" + layer + "N" + j + ":key@" + position;
        String value = "L" + layer + "N" + j + "@" + position;
        Tensor listens = columns.select(1, (long) from + j).copy();
        sheet.add(
            FlowSheet.node(key, FlowKind.NEURON_KEY, spot, "L" + layer + "N" + j + " key", null, 0),
            listens);
        sheet.add(
            FlowSheet.node(value, FlowKind.NEURON, spot, "L" + layer + "N" + j, null, 0),
            rows.select(0, j).copy());
        edge(normed, key, FlowEdgeKind.FEEDS, FIXED, length(listens), null, key, null);
        edge(
            key,
            value,
            FlowEdgeKind.FEEDS,
            1.5 * active[j],
            active[j],
            null,
            null,
            i < TOP ? VisitColours.TOP : VisitColours.BOTTOM);
        double size = active[j] * lengths[j];
        edge(value, made, FlowEdgeKind.PART, size, size, null, value, null);
      }
      count(active, lengths, shown);
      biases(normed, made, up.bias(), rows);
      return made;
    }

    private void biases(String normed, String made, @Nullable Tensor first, Tensor rows) {
      Tensor second = weights.mlp().out().bias();
      String from = normed;
      if (first != null) {
        Tensor flat = first.to(DType.FLOAT32);
        Tensor own = flat.narrow(0, flat.size(0) - rows.size(0), rows.size(0));
        Tensor through = own.unsqueeze(0).matmul(rows).squeeze(0);
        from = node("c_fc_bias", FlowKind.MLP_BIAS, "first bias of MLP " + layer, through);
        double norm = length(through);
        edge(normed, from, FlowEdgeKind.FEEDS, FIXED, norm, null, null, VisitColours.BIAS);
      }
      if (second != null) {
        Tensor bias = second.to(DType.FLOAT32);
        String id = node("c_proj_bias", FlowKind.MLP_BIAS, "bias of MLP " + layer, bias);
        double norm = length(bias);
        if (first == null) {
          edge(from, id, FlowEdgeKind.FEEDS, FIXED, norm, null, null, VisitColours.BIAS);
        } else {
          edge(from, id, FlowEdgeKind.FEEDS, 0.05, 0, null, null, VisitColours.HIDDEN);
        }
        edge(id, made, FlowEdgeKind.PART, norm, norm, null, null, VisitColours.BIAS);
      }
    }

    private Linear<Tensor> up() {
      return switch (weights.mlp().in()) {
        case MlpWeights.Plain<Tensor> plain -> plain.up();
        case MlpWeights.Gated<Tensor> gated -> gated.up();
        case MlpWeights.FusedGate<Tensor> fused -> fused.gateUp();
      };
    }

    private Tensor read(Tensor stream) {
      Wiring wiring = run.model().architecture().block().wiring();
      var norms = weights.norms();
      var norm =
          switch (wiring) {
            case PRE_NORM, PARALLEL_TWO_NORMS, SANDWICH -> norms.ln2();
            case PARALLEL_ONE_NORM -> norms.ln1();
            case OUTPUT_NORM, POST_NORM -> null;
          };
      return norm == null
          ? stream.copy()
          : new AffineNorm(run.model().architecture().block().norm(), norm).apply(stream);
    }
  }
}
