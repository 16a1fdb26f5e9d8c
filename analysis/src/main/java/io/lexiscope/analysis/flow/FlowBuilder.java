package io.lexiscope.analysis.flow;

import io.lexiscope.analysis.attention.HeadLayer;
import io.lexiscope.model.Run;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Puts nodes and edges to the writers that are shown, and whatever is left of each sum into nodes
/// of others.
final class FlowBuilder {
  /// Most positions from which one head is drawn.
  private static final int SOURCES = 4;

  private final Run run;
  private final FlowQuestion question;
  private final FlowSweep sweep;
  private final Set<String> also;
  private final boolean parallel;
  private final int layers;
  private final FlowSheet sheet = new FlowSheet();
  private final Map<Integer, TreeSet<Integer>> points = new TreeMap<>();
  private double judged;
  private double complete;

  /// @param also ids of writers that are shown whatever their influence
  FlowBuilder(Run run, FlowQuestion question, FlowSweep sweep, Set<String> also) {
    this.also = also;
    this.run = run;
    this.question = question;
    this.sweep = sweep;
    this.parallel = run.model().architecture().block().wiring().parallel();
    this.layers = run.model().architecture().layers();
  }

  /// @param direction of the target, \[d_model\]
  /// @param constant what the output's biases add to the target
  FlowGraph graph(Tensor direction, double constant) {
    List<FlowWriter> all = FlowChoice.all(sweep, layers, question.position());
    List<FlowWriter> shown = FlowChoice.shown(all, question, also);
    point(question.position(), 2 * layers);
    for (FlowWriter writer : shown) {
      switch (writer.kind()) {
        case HEAD -> head(writer);
        case MLP -> mlp(writer);
        default -> point(writer.position(), 0);
      }
    }
    points.forEach((position, there) -> streams(position, there, all, shown));
    double logit = prediction(direction, constant);
    double total = all.stream().mapToDouble(FlowWriter::influence).sum();
    double through = shown.stream().mapToDouble(FlowWriter::influence).sum();
    return new FlowGraph(
        sheet.read(run.model(), question),
        sheet.edges(),
        new FlowTotals(
            question.position(),
            logit,
            total > 0 ? through / total : 0,
            judged > 0 ? complete / judged : 1,
            all.size(),
            shown.size()));
  }

  private void point(int position, int point) {
    points.computeIfAbsent(position, _ -> new TreeSet<>(List.of(0))).add(point);
  }

  private @Nullable Double push(int position, double push) {
    return position == question.position() ? Double.valueOf(push) : null;
  }

  /// A head, the values it takes, and what it takes from elsewhere.
  private void head(FlowWriter writer) {
    int layer = writer.layer();
    int position = writer.position();
    point(position, writer.into(parallel));
    HeadLayer attention = HeadLayer.of(run, layer);
    List<Integer> here = List.of(position);
    Tensor output = attention.outputs(here).select(0, 0).select(0, writer.head()).copy();
    sheet.add(
        FlowSheet.node(
            writer.id(),
            FlowKind.HEAD,
            new FlowSpot(layer, position, writer.head(), null, null),
            "L" + layer + "H" + writer.head(),
            push(position, sweep.direct().headPush(layer, writer.head())),
            writer.influence()),
        output);
    float[] along = ValueShares.along(attention, here).select(0, writer.head()).toFloats();
    float[] weights = attention.pattern(here).select(0, writer.head()).toFloats();
    Tensor memory = attention.memory(writer.head(), position);
    double sum = FlowNumbers.absolute(along);
    List<Integer> sources =
        FlowNumbers.largest(along, question.limits().edgeShare() * sum, SOURCES);
    double listed = 0;
    double drawn = 0;
    for (int source : sources) {
      String id = writer.id() + "<" + source;
      double influence = sum > 0 ? writer.influence() * Math.abs(along[source]) / sum : 0;
      point(source, 2 * layer);
      sheet.add(
          FlowSheet.node(
              id,
              FlowKind.VALUE,
              new FlowSpot(layer, position, writer.head(), null, source),
              "L" + layer + "H" + writer.head() + " from " + source,
              null,
              influence),
          memory.select(0, source).copy());
      double width = FlowNumbers.length(memory.select(0, source));
      sheet.edge(
          new FlowEdge(
              stream(2 * layer, source),
              id,
              FlowEdgeKind.READS,
              width,
              weights[source],
              influence,
              (double) weights[source]));
      sheet.edge(
          new FlowEdge(
              id,
              writer.id(),
              FlowEdgeKind.MOVES,
              width,
              along[source],
              influence,
              (double) weights[source]));
      listed += along[source];
      drawn += influence;
    }
    int hidden = (int) IntStream.range(0, weights.length).filter(i -> weights[i] > 0).count();
    double whole = FlowNumbers.length(output);
    others(
        writer.id(),
        new FlowSpot(layer, position, writer.head(), null, null),
        hidden - sources.size(),
        output.sub(memory.indexSelect(0, FlowNumbers.longs(sources)).sum(0, /* keepAxis= */ false)),
        new Left(whole - listed, writer.influence() - drawn));
    judge(writer.influence(), sum > 0 ? drawn / writer.influence() : 1);
  }

  /// An MLP, its strongest neurons, its biases, and its other neurons.
  private void mlp(FlowWriter writer) {
    int layer = writer.layer();
    int position = writer.position();
    int reads = parallel ? 2 * layer : 2 * layer + 1;
    point(position, writer.into(parallel));
    point(position, reads);
    Tensor output = run.activation(HookPoint.MLP_OUT.at(layer), position);
    sheet.add(
        FlowSheet.node(
            writer.id(),
            FlowKind.MLP,
            new FlowSpot(layer, position, null, null, null),
            "MLP " + layer,
            push(position, sweep.direct().mlpPush(layer)),
            writer.influence()),
        output);
    MlpParts parts = new MlpParts(run, layer, position);
    if (!parts.hasNeurons()) {
      sheet.edge(
          new FlowEdge(
              stream(reads, position),
              writer.id(),
              FlowEdgeKind.FEEDS,
              FlowNumbers.length(output),
              FlowNumbers.length(output),
              writer.influence(),
              null));
      judge(writer.influence(), 0);
      return;
    }
    double whole = FlowNumbers.length(output);
    Tensor unit = output.div(whole > 0 ? whole : 1);
    float[] along = parts.along(unit).toFloats();
    float[] coefficients = parts.coefficients().toFloats();
    Tensor bias = parts.bias();
    double biasAlong = bias == null ? 0 : bias.mul(unit).sum().item();
    double sum = FlowNumbers.absolute(along) + Math.abs(biasAlong);
    List<Integer> neurons =
        FlowNumbers.largest(
            along, question.limits().edgeShare() * sum, question.limits().neurons());
    Tensor values = neurons.isEmpty() ? null : parts.vectors(neurons);
    double listed = 0;
    double drawn = 0;
    Tensor left = output;
    for (int i = 0; i < neurons.size() && values != null; i++) {
      int neuron = neurons.get(i);
      String id = "L" + layer + "N" + neuron + "@" + position;
      Tensor value = values.select(0, i);
      double influence = writer.influence() * Math.abs(along[neuron]) / sum;
      sheet.add(
          FlowSheet.node(
              id,
              FlowKind.NEURON,
              new FlowSpot(layer, position, null, neuron, null),
              "L" + layer + "N" + neuron,
              null,
              influence),
          value.copy());
      double width = FlowNumbers.length(value);
      sheet.edge(
          new FlowEdge(
              stream(reads, position),
              id,
              FlowEdgeKind.FEEDS,
              width,
              coefficients[neuron],
              influence,
              null));
      sheet.edge(
          new FlowEdge(id, writer.id(), FlowEdgeKind.PART, width, along[neuron], influence, null));
      left = left.sub(value);
      listed += along[neuron];
      drawn += influence;
    }
    if (bias != null) {
      String id = "bias:" + writer.id();
      double influence = sum > 0 ? writer.influence() * Math.abs(biasAlong) / sum : 0;
      sheet.add(
          FlowSheet.node(
              id,
              FlowKind.MLP_BIAS,
              new FlowSpot(layer, position, null, null, null),
              "bias of MLP " + layer,
              null,
              influence),
          bias);
      sheet.edge(
          new FlowEdge(
              id,
              writer.id(),
              FlowEdgeKind.PART,
              FlowNumbers.length(bias),
              biasAlong,
              influence,
              null));
      left = left.sub(bias);
      listed += biasAlong;
      drawn += influence;
    }
    others(
        writer.id(),
        new FlowSpot(layer, position, null, null, null),
        along.length - neurons.size(),
        left,
        new Left(whole - listed, writer.influence() - drawn));
    if (sheet.holds("others:" + writer.id())) {
      sheet.edge(
          new FlowEdge(
              stream(reads, position),
              "others:" + writer.id(),
              FlowEdgeKind.FEEDS,
              FlowNumbers.length(left),
              along.length - neurons.size(),
              writer.influence() - drawn,
              null));
    }
    judge(writer.influence(), writer.influence() > 0 ? drawn / writer.influence() : 1);
  }

  /// The stream at one position through all its points.
  private void streams(
      int position, NavigableSet<Integer> there, List<FlowWriter> all, List<FlowWriter> shown) {
    Integer before = null;
    for (int point : there) {
      Tensor vector = run.activation(FlowStreams.place(run, point), position);
      boolean middle = point % 2 == 1;
      String id = stream(point, position);
      sheet.add(
          FlowSheet.node(
              id,
              middle ? FlowKind.STREAM_MID : FlowKind.STREAM,
              new FlowSpot(point / 2, position, null, null, null),
              point == 2 * layers
                  ? "after the last block"
                  : (middle ? "inside block " : "before block ") + point / 2,
              null,
              sweep.stream(point, position)),
          vector);
      into(new Into(id, point, before, position), vector, all, shown);
      before = point;
    }
  }

  /// A point of the stream and the one before it.
  private record Into(String id, int point, @Nullable Integer before, int position) {
    boolean wrote(FlowWriter writer, boolean parallel) {
      int into = writer.into(parallel);
      return writer.position() == position
          && (before == null ? into <= point : into > before && into <= point);
    }
  }

  private void into(Into into, Tensor vector, List<FlowWriter> all, List<FlowWriter> shown) {
    double whole = FlowNumbers.length(vector);
    Tensor unit = vector.div(whole > 0 ? whole : 1);
    Tensor left = vector;
    double listed = 0;
    double sizes = 0;
    double hidden = 0;
    int count = 0;
    if (into.before() == null) {
      for (HookPoint place : List.of(HookPoint.EMBED, HookPoint.POS_EMBED)) {
        if (run.has(place.once())) {
          Tensor part = embedding(place, into.position());
          double along = part.mul(unit).sum().item();
          sheet.edge(
              new FlowEdge(
                  id(place, into.position()),
                  into.id(),
                  FlowEdgeKind.ADDS,
                  FlowNumbers.length(part),
                  along,
                  sweep.embedding(into.position()) / (run.has(HookPoint.POS_EMBED.once()) ? 2 : 1),
                  null));
          left = left.sub(part);
          listed += along;
          sizes += Math.abs(along);
        }
      }
    }
    for (FlowWriter writer : all) {
      if (writer.kind() == FlowKind.EMBED || !into.wrote(writer, parallel)) {
        continue;
      }
      if (!shown.contains(writer)) {
        hidden += writer.influence();
        count++;
        continue;
      }
      Tensor part = sheet.vector(writer.id());
      if (part != null) {
        double along = part.mul(unit).sum().item();
        sheet.edge(
            new FlowEdge(
                writer.id(),
                into.id(),
                FlowEdgeKind.ADDS,
                FlowNumbers.length(part),
                along,
                writer.influence(),
                null));
        left = left.sub(part);
        listed += along;
        sizes += Math.abs(along);
      }
    }
    for (int layer = 0; layer < layers; layer++) {
      if (into.wrote(FlowWriter.bias(layer, into.position()), parallel)
          && HeadLayer.of(run, layer).hasBias()) {
        hidden += sweep.attentionBias(layer, into.position());
        count++;
      }
    }
    if (into.before() != null) {
      Tensor earlier = run.activation(FlowStreams.place(run, into.before()), into.position());
      double along = earlier.mul(unit).sum().item();
      double influence =
          sweep.stream(into.point(), into.position())
              - all.stream()
                  .filter(writer -> into.wrote(writer, parallel))
                  .mapToDouble(FlowWriter::influence)
                  .sum();
      sheet.edge(
          new FlowEdge(
              stream(into.before(), into.position()),
              into.id(),
              FlowEdgeKind.RESIDUAL,
              FlowNumbers.length(earlier),
              along,
              Math.max(0, influence),
              null));
      left = left.sub(earlier);
      listed += along;
      sizes += Math.abs(along);
    }
    double rest = whole - listed;
    others(
        into.id(),
        new FlowSpot(into.point() / 2, into.position(), null, null, null),
        count,
        left,
        new Left(rest, hidden));
    double passes = sweep.stream(into.point(), into.position());
    judge(passes, sizes + Math.abs(rest) > 0 ? sizes / (sizes + Math.abs(rest)) : 1);
  }

  private Tensor embedding(HookPoint place, int position) {
    String id = id(place, position);
    Tensor vector = run.activation(place.once(), position);
    boolean token = place == HookPoint.EMBED;
    sheet.add(
        FlowSheet.node(
            id,
            token ? FlowKind.EMBED : FlowKind.POS_EMBED,
            new FlowSpot(null, position, null, null, null),
            token ? "token embedding" : "position embedding",
            push(position, token ? sweep.direct().tokenPush() : sweep.direct().placePush()),
            sweep.embedding(position) / (run.has(HookPoint.POS_EMBED.once()) ? 2 : 1)),
        vector);
    return vector;
  }

  private static String id(HookPoint place, int position) {
    return (place == HookPoint.EMBED ? "embed@" : "pos@") + position;
  }

  private double prediction(Tensor direction, double constant) {
    int position = question.position();
    Tensor last = run.activation(FlowStreams.place(run, 2 * layers), position);
    double read = last.mul(direction).sum().item();
    String id = "prediction@" + position;
    FlowSpot spot = new FlowSpot(layers, position, null, null, null);
    sheet.add(FlowSheet.node(id, FlowKind.PREDICTION, spot, "prediction", read + constant, 1));
    sheet.edge(
        new FlowEdge(
            stream(2 * layers, position), id, FlowEdgeKind.LOGIT, Math.abs(read), read, 1, null));
    if (constant != 0) {
      String biases = "others:" + id;
      sheet.add(FlowSheet.node(biases, FlowKind.OTHERS, spot, "biases of the output", constant, 0));
      sheet.edge(
          new FlowEdge(biases, id, FlowEdgeKind.OTHERS, Math.abs(constant), constant, 0, null));
    }
    return read + constant;
  }

  /// What is left of a sum.
  ///
  /// @param value along the node's direction
  /// @param influence that passes through it
  private record Left(double value, double influence) {}

  private void others(String into, FlowSpot spot, int members, Tensor left, Left rest) {
    if (members <= 0) {
      return;
    }
    String id = "others:" + into;
    FlowNode plain =
        FlowSheet.node(
            id,
            FlowKind.OTHERS,
            spot,
            "others (" + members + ")",
            null,
            Math.max(0, rest.influence()));
    sheet.add(FlowSheet.withMembers(plain, members), left.copy());
    sheet.edge(
        new FlowEdge(
            id,
            into,
            FlowEdgeKind.OTHERS,
            FlowNumbers.length(left),
            rest.value(),
            Math.max(0, rest.influence()),
            null));
  }

  private void judge(double influence, double share) {
    judged += influence;
    complete += influence * Math.max(0, Math.min(1, share));
  }

  private static String stream(int point, int position) {
    return (point % 2 == 1 ? "mid" : "pre") + point / 2 + "@" + position;
  }
}
