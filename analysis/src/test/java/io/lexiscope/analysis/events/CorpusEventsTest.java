package io.lexiscope.analysis.events;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.analysis.ffn.EventStatistics;
import io.lexiscope.analysis.ffn.PrefixSample;
import io.lexiscope.analysis.text.PlainEnglish;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CorpusEventsTest {
  private static final Path MICROWORLD = Path.of("..", "models", "microworld");

  private static List<TokenIds> prompts(LanguageModel model) {
    return PrefixSample.of(model, String.join("\n", PlainEnglish.paragraphs()), 16, /* seed= */ 2)
        .stream()
        .filter(prompt -> prompt.size() > 1)
        .toList();
  }

  @Test
  void theReportIsThatOfTheStatisticsAndEveryPassTakesItsTurn() {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      List<TokenIds> prompts = prompts(model);
      EventPlan plan =
          new EventPlan(/* threshold= */ 2, /* clusters= */ null, /* sinks= */ null, /* seed= */ 4);
      EventStatistics statistics = new EventStatistics(model, 2, /* sinks= */ null, /* seed= */ 4);
      prompts.forEach(statistics::add);
      int[] turns = {0};
      List<Long> told = new ArrayList<>();

      CorpusEvents events =
          CorpusEvents.measure(
              model,
              prompts,
              plan,
              new Turn() {
                @Override
                public <T> T take(Supplier<T> pass) {
                  turns[0]++;
                  return pass.get();
                }

                @Override
                public void progress(long done, long all, String unit) {
                  assertThat(all).isEqualTo(prompts.size());
                  told.add(done);
                }
              });

      assertThat(events.report()).isEqualTo(statistics.report());
      assertThat(events.groups()).isNull();
      assertThat(turns[0]).isEqualTo(prompts.size() + 2);
      assertThat(told).hasSize(prompts.size()).isSorted();
    }
  }

  @Test
  void aGroupThatIsSwitchedOffChangesTheAnswersThatItChangesOneByOne() {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      List<TokenIds> prompts = prompts(model);

      FunctionalGroupsView groups =
          Objects.requireNonNull(
              CorpusEvents.measure(
                      model,
                      prompts,
                      new EventPlan(/* threshold= */ 1, /* clusters= */ 40, /* sinks= */ null, 0))
                  .groups());

      assertThat(groups.groups()).isNotEmpty();
      assertThat(groups.covered()).isLessThanOrEqualTo(groups.appearances());
      FunctionalGroupView first = groups.groups().getFirst();
      LanguageModel off =
          model.with(
              new Interventions(
                  first.neurons().stream()
                      .map(NeuronName::parse)
                      .map(one -> Intervention.setNeuron(one.layer(), one.index(), 0))
                      .toList()));
      int changed = 0;
      double nats = 0;
      for (TokenIds prompt : prompts) {
        try (Run one = model.run(prompt, Recording.nothing());
            Run other = off.run(prompt, Recording.nothing())) {
          int answer = one.logits(-1).best();
          changed += other.logits(-1).best() == answer ? 0 : 1;
          nats += other.logits(-1).logProbability(answer) - one.logits(-1).logProbability(answer);
        }
      }
      assertClose(
          first.changed().value(), (double) changed / prompts.size(), Tolerance.within(1e-9));
      assertClose(first.logProbability().value(), nats / prompts.size(), Tolerance.within(1e-4));
    }
  }
}
