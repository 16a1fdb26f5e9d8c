package io.lexiscope.cli.heads;

import io.lexiscope.analysis.attention.Attended;
import io.lexiscope.analysis.attention.HeadCircuit;
import io.lexiscope.analysis.attention.HeadReading;
import io.lexiscope.analysis.attention.HeadTraits;
import io.lexiscope.analysis.attention.ScoreTerm;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.workbench.heads.HeadCard;
import io.lexiscope.workbench.heads.HeadsResult;
import io.lexiscope.workbench.heads.HeadsTraits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Heads for people: those that push most, the card of one, the scores of all.
final class HeadsText {
  private static final int SHOWN = 20;
  private static final int WORDS = 3;

  private HeadsText() {}

  static String of(HeadsResult result, int columns) {
    List<String> parts = new ArrayList<>();
    parts.add(result.sentence());
    parts.add(heads(result, columns));
    if (result.card() != null) {
      parts.add(card(result, result.card()));
    }
    if (result.traits() != null) {
      parts.add(traits(result.traits()));
    }
    return String.join(System.lineSeparator().repeat(2), parts);
  }

  private static String token(HeadsResult result, int position) {
    return Text.token(result.header().tokens().get(position).text());
  }

  private static String words(List<TokenReading> words) {
    return words.stream()
        .limit(WORDS)
        .map(word -> Text.token(word.text()) + " " + Text.probability(word.probability()))
        .collect(Collectors.joining(", "));
  }

  private static String heads(HeadsResult result, int columns) {
    TextTable table =
        new TextTable("head", ">at", ">push", ">norm", "looks at", "writes", "from there");
    List<HeadReading> strongest =
        result.heads().stream()
            .sorted(Comparator.comparingDouble((HeadReading head) -> -Math.abs(head.push())))
            .limit(SHOWN)
            .toList();
    for (HeadReading head : strongest) {
      String looks =
          head.attends().stream()
              .map(
                  one ->
                      String.format(
                          Locale.ROOT, "%s %.2f", token(result, one.position()), one.weight()))
              .collect(Collectors.joining(", "));
      Attended first = head.attends().isEmpty() ? null : head.attends().getFirst();
      table.row(
          new HeadName(head.layer(), head.head()).toString(),
          Integer.toString(head.position()),
          Text.signed(head.push(), 2),
          Text.number(head.norm(), 1),
          Text.fit(looks, columns / 3),
          words(head.top()),
          first == null ? "" : words(first.valueTop()));
    }
    String about =
        Text.token(result.target().text())
            + (result.against() == null
                ? ", relative to " + result.baseline()
                : " − " + Text.token(result.against().text()));
    int more = result.heads().size() - strongest.size();
    return String.format(
        Locale.ROOT,
        "push: logits of %s%n%n%s%s",
        about,
        table,
        more > 0 ? String.format(Locale.ROOT, "%n%,d more push less", more) : "");
  }

  private static String card(HeadsResult result, HeadCard card) {
    TextTable terms =
        new TextTable("query from", "key from", ">score", "query in words", "key in words");
    for (ScoreTerm term : card.why().terms()) {
      terms.row(
          term.query(),
          term.key(),
          Text.signed(term.score(), 3),
          words(term.queryTop()),
          words(term.keyTop()));
    }
    terms.row(
        "others",
        Integer.toString(card.why().pairs() - card.why().terms().size()),
        Text.signed(card.why().others(), 3),
        "",
        "");
    return String.format(
            Locale.ROOT,
            "why %s looks from %s (%d) at %s (%d): score %s%s%n%n%s%n%nits query looks for %s%nits key offers %s",
            card.head(),
            token(result, card.why().query()),
            card.why().query(),
            token(result, card.why().key()),
            card.why().key(),
            Text.signed(card.why().total(), 3),
            card.why().softCap() == null ? "" : ", before a soft cap of " + card.why().softCap(),
            terms,
            words(card.asked().sought()),
            words(card.asked().offered()))
        + circuits("reads → writes", card.writes())
        + circuits("asks ↔ finds", card.matches());
  }

  private static String circuits(String title, List<HeadCircuit> circuits) {
    TextTable table = new TextTable(">strength", title, "");
    for (HeadCircuit circuit : circuits) {
      table.row(Text.number(circuit.strength(), 2), words(circuit.from()), words(circuit.to()));
    }
    return System.lineSeparator().repeat(2) + table;
  }

  private static String traits(HeadsTraits traits) {
    List<String> shown =
        traits.heads().isEmpty()
            ? List.of()
            : List.copyOf(traits.heads().getFirst().values().keySet());
    List<String> titles = new ArrayList<>(List.of("head"));
    shown.forEach(trait -> titles.add(">" + trait));
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (HeadTraits head : traits.heads().stream().limit(SHOWN).toList()) {
      List<String> row =
          new ArrayList<>(List.of(new HeadName(head.layer(), head.head()).toString()));
      shown.forEach(
          trait -> {
            Double value = head.values().get(trait);
            row.add(value == null ? "" : Text.number(value, 2));
          });
      table.row(row.toArray());
    }
    return String.format(
        Locale.ROOT,
        "scores on %s (%,d prompts, %,d tokens)%s%n%n%s",
        traits.text(),
        traits.prompts(),
        traits.tokens(),
        traits.by() == null ? "" : ", ranked by " + traits.by().name().toLowerCase(Locale.ROOT),
        table);
  }
}
