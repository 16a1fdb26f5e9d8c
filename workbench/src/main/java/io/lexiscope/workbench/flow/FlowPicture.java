package io.lexiscope.workbench.flow;

import io.lexiscope.analysis.flow.FlowEdge;
import io.lexiscope.analysis.flow.FlowEdgeKind;
import io.lexiscope.analysis.flow.FlowKind;
import io.lexiscope.analysis.flow.FlowNode;
import io.lexiscope.analysis.flow.VisitColours;
import io.lexiscope.model.reading.TokenReading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A graph as lines, dots and words, with where it comes from at its foot.
///
/// @param layout where nodes stand
/// @param curves the edges
/// @param dots the nodes
/// @param words texts on the sheet
/// @param dark whether the sheet is dark, as in the published picture
public record FlowPicture(
    FlowLayout layout, List<Curve> curves, List<Dot> dots, List<Word> words, boolean dark) {
  private static final double FOOT = 34;
  private static final String WARM = "#e8590c";
  private static final String COOL = "#3b5bdb";
  private static final String PLAIN = "#b9c1cd";
  private static final String FAINT = "#dfe3e9";

  /// Copies the lists.
  public FlowPicture {
    curves = List.copyOf(curves);
    dots = List.copyOf(dots);
    words = List.copyOf(words);
  }

  /// An edge from one node to another, which leaves and enters upright, or level where the sheet is
  /// read from left to right.
  ///
  /// @param from where it begins
  /// @param to where it ends
  /// @param width in units of the sheet
  /// @param colour `#rrggbb` or `#rrggbbaa`
  /// @param dashed whether it stands for what is not shown
  public record Curve(
      FlowLayout.Place from, FlowLayout.Place to, double width, String colour, boolean dashed) {}

  /// A node.
  ///
  /// @param id of the node
  /// @param at where
  /// @param radius in units of the sheet
  /// @param colour `#rrggbb`
  /// @param says what it is, in a sentence
  public record Dot(String id, FlowLayout.Place at, double radius, String colour, String says) {}

  /// A text.
  ///
  /// @param text what it says
  /// @param at where it begins, or its middle
  /// @param size of its letters
  /// @param centred whether `at` is its middle
  /// @param faint whether it stands back
  public record Word(
      String text, FlowLayout.Place at, double size, boolean centred, boolean faint) {}

  /// The picture of a graph.
  public static FlowPicture of(FlowResult result) {
    FlowLayout layout = FlowLayout.of(result);
    boolean published = layout.columns().isEmpty();
    List<Curve> curves = new ArrayList<>();
    double widest =
        published ? result.edges().stream().mapToDouble(FlowEdge::width).max().orElse(1) : 1;
    for (FlowEdge edge : result.edges()) {
      FlowLayout.Place from = layout.places().get(edge.from());
      FlowLayout.Place to = layout.places().get(edge.to());
      if (from != null && to != null) {
        double width =
            published
                ? Math.max(0.4, 24 * edge.width() / widest)
                : 0.5 + 9.6 * Math.sqrt(Math.max(0, edge.influence()));
        curves.add(new Curve(from, to, width, colour(edge), edge.kind() == FlowEdgeKind.OTHERS));
      }
    }
    curves.sort(Comparator.comparingDouble(curve -> -curve.width()));
    List<Dot> dots = new ArrayList<>();
    List<Word> words = new ArrayList<>();
    for (FlowNode node : result.nodes()) {
      FlowLayout.Place at = layout.places().get(node.id());
      if (at == null) {
        continue;
      }
      double radius =
          published
              ? 5
              : node.kind() == FlowKind.OTHERS
                  ? 3
                  : 4 + 9 * Math.sqrt(Math.max(0, node.influence()));
      dots.add(new Dot(node.id(), at, radius, colour(node, result), sentence(node, result)));
      String named = name(node, result);
      if (!named.isEmpty()) {
        words.add(
            new Word(
                named,
                new FlowLayout.Place(at.x() + radius + 3, at.y() + 3),
                9,
                /* centred= */ false,
                /* faint= */ false));
      }
    }
    layout
        .columns()
        .forEach(
            (position, x) ->
                words.add(
                    new Word(
                        result.header().tokens().get(position).text().strip() + " " + position,
                        new FlowLayout.Place(x, layout.height() - 8),
                        12,
                        /* centred= */ true,
                        /* faint= */ true)));
    words.add(
        new Word(result.sentence(), new FlowLayout.Place(12, 20), 13, false, /* faint= */ false));
    words.add(
        new Word(foot(result), new FlowLayout.Place(12, layout.height() + 20), 10, false, true));
    return new FlowPicture(layout, curves, dots, words, published);
  }

  /// Width of the sheet.
  public double width() {
    return Math.max(720, layout.width());
  }

  /// Height of the sheet with its foot.
  public double height() {
    return layout.height() + FOOT;
  }

  /// Whether edges leave and enter level.
  public boolean across() {
    return layout.columns().isEmpty();
  }

  private static String colour(FlowEdge edge) {
    if (edge.colour() != null) {
      return edge.colour();
    }
    if (edge.kind() == FlowEdgeKind.OTHERS) {
      return FAINT;
    }
    return edge.value() < 0 ? COOL : edge.kind() == FlowEdgeKind.RESIDUAL ? PLAIN : WARM;
  }

  private static String colour(FlowNode node, FlowResult result) {
    if (node.colour() != null) {
      return node.colour();
    }
    if (node.kind() == FlowKind.OTHERS || node.target() == null) {
      return FAINT;
    }
    // From pale to warm on the logarithm of the target's rank.
    double share = 1 - Math.log(node.target().rank()) / Math.log(Math.max(2, result.vocabulary()));
    int[] pale = {255, 250, 245};
    int[] warm = {147, 57, 4};
    StringBuilder colour = new StringBuilder("#");
    for (int i = 0; i < 3; i++) {
      colour.append(
          String.format(Locale.ROOT, "%02x", Math.round(pale[i] + share * (warm[i] - pale[i]))));
    }
    return colour.toString();
  }

  private static String name(FlowNode node, FlowResult result) {
    if (node.kind() == FlowKind.PREDICTION) {
      return result.target().text().strip();
    }
    List<TokenReading> top = node.top();
    String word = top == null || top.isEmpty() ? "" : shortened(top.getFirst().text().strip());
    return switch (node.kind()) {
      case HEAD, MLP, ATTN -> node.label() + " " + word;
      case STREAM, STREAM_MID, VALUE, NEURON, KEY, QUERY, ATTN_NEURON, NEURON_KEY ->
          node.colour() != null || node.influence() > 0.02 ? word : "";
      case EMBED, POS_EMBED, ATTN_BIAS, MLP_BIAS, OTHERS, NORMED, QUERIES, HEADS, PREDICTION -> "";
    };
  }

  private static String shortened(String text) {
    return text.length() <= 12 ? text : text.substring(0, 11) + "…";
  }

  /// A node in a sentence, as the page says it.
  static String sentence(FlowNode node, FlowResult result) {
    String token = result.header().tokens().get(node.position()).text().strip();
    List<TokenReading> top = node.top();
    String words =
        top == null
            ? ""
            : top.stream()
                .limit(10)
                .map(word -> word.text().strip())
                .collect(Collectors.joining(" "));
    return String.format(
        Locale.ROOT,
        "%s at “%s” (%d): length %.2f%s%s%s%s",
        node.label(),
        token,
        node.position(),
        node.norm(),
        node.colour() == null
            ? String.format(
                Locale.ROOT,
                ", %.1f %% of the prediction passes through it",
                100 * node.influence())
            : "",
        push(node.push()),
        node.target() == null
            ? ""
            : String.format(
                Locale.ROOT,
                "; “%s” ranks %,d of %,d",
                result.target().text().strip(),
                node.target().rank(),
                result.vocabulary()),
        words.isEmpty() ? "." : ". Reads as " + words + ".");
  }

  private static String push(@Nullable Double push) {
    return push == null
        ? ""
        : String.format(Locale.ROOT, ", adds %+.2f logits to the target", push);
  }

  /// Where a picture comes from.
  static String foot(FlowResult result) {
    var provenance = result.header().provenance();
    String hash = provenance.weightHash();
    int patches = provenance.patches() == null ? 0 : provenance.patches().size();
    int changes = provenance.interventions() == null ? 0 : provenance.interventions().size();
    return "%s · weights %s · %s · lens: final norm · relative to %s · Lexiscope %s"
        .formatted(
            provenance.model(),
            hash.substring(0, Math.min(12, hash.length())),
            patches + changes == 0 ? "no edits" : (patches + changes) + " edits in force",
            result.baseline(),
            provenance.codeVersion());
  }

  /// Ink of the sheet.
  public String ink() {
    return dark ? "#ffffff" : "#1b2430";
  }

  /// Ground of the sheet.
  public String ground() {
    return dark ? VisitColours.GROUND : "#ffffff";
  }

  /// The picture as an SVG document.
  public String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" font-family=\"Inter, system-ui, sans-serif\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"%s\"/>%n",
            width(),
            height(),
            width(),
            height(),
            ground()));
    for (Curve curve : curves) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\"%s%s/>%n",
              path(curve),
              curve.colour().substring(0, 7),
              curve.width(),
              curve.colour().length() > 7
                  ? " stroke-opacity=\"0.3\""
                  : dark ? " stroke-opacity=\"0.7\"" : "",
              curve.dashed() ? " stroke-dasharray=\"3 3\"" : ""));
    }
    for (Dot dot : dots) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle data-node=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" stroke=\"#475160\"><title>%s</title></circle>%n",
              escaped(dot.id()),
              dot.at().x(),
              dot.at().y(),
              dot.radius(),
              dot.colour(),
              escaped(dot.says())));
    }
    for (Word word : words) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\" fill=\"%s\"%s%s pointer-events=\"none\">%s</text>%n",
              word.at().x(),
              word.at().y(),
              word.size(),
              ink(),
              word.centred() ? " text-anchor=\"middle\"" : "",
              word.faint() ? " opacity=\"0.75\"" : "",
              escaped(word.text())));
    }
    return svg.append("</svg>\n").toString();
  }

  private String path(Curve curve) {
    FlowLayout.Place from = curve.from();
    FlowLayout.Place to = curve.to();
    double x = (from.x() + to.x()) / 2;
    double y = (from.y() + to.y()) / 2;
    return across()
        ? String.format(
            Locale.ROOT,
            "M%.1f %.1f C%.1f %.1f %.1f %.1f %.1f %.1f",
            from.x(),
            from.y(),
            x,
            from.y(),
            x,
            to.y(),
            to.x(),
            to.y())
        : String.format(
            Locale.ROOT,
            "M%.1f %.1f C%.1f %.1f %.1f %.1f %.1f %.1f",
            from.x(),
            from.y(),
            from.x(),
            y,
            to.x(),
            y,
            to.x(),
            to.y());
  }

  static String escaped(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .filter(c -> c >= 0x20 || c == '\t')
        .forEach(
            c -> {
              switch (c) {
                case '&' -> plain.append("&amp;");
                case '<' -> plain.append("&lt;");
                case '>' -> plain.append("&gt;");
                case '"' -> plain.append("&quot;");
                default -> plain.appendCodePoint(c);
              }
            });
    return plain.toString();
  }
}
