package io.lexiscope.workbench.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.analysis.flow.FlowKind;
import io.lexiscope.analysis.flow.FlowNode;
import io.lexiscope.workbench.GoldenBench;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.train.NewRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisitRequestTest {
  private static FlowRequest request(Path model, List<Integer> layers) {
    return new FlowRequest(
        ModelChoice.of(model.toString()),
        Prompt.tokens(IntStream.range(5, 13).boxed().toList()),
        new FlowReadout(
            layers,
            /* position= */ null,
            "#31",
            /* against= */ null,
            /* nodes= */ null,
            /* edges= */ null,
            /* maxHeads= */ null,
            /* maxNeurons= */ null,
            /* top= */ 1,
            /* effects= */ null,
            FlowMode.VISIT,
            /* way= */ null),
        /* other= */ null,
        /* interventions= */ null);
  }

  /// Digest D1.6, on a model like GPT-2 with its twelve heads; two layers share the stream between
  /// them.
  @ParameterizedTest
  @CsvSource({"1, 147, 217", "2, 293, 434"})
  void aLayerHasThePublishedNodesAndLinks(int layers, int nodes, int links, @TempDir Path folder)
      throws IOException {
    String config =
        Files.readString(GoldenBench.GOLDEN.resolve("gpt2-a/config.json"))
            .replaceAll("\"n_head\"\\s*:\\s*\\d+", "\"n_head\": 12")
            .replaceAll("\"n_embd\"\\s*:\\s*\\d+", "\"n_embd\": 48");
    Path like = Files.writeString(folder.resolve("config.json"), config);
    Path made = folder.resolve("made");
    try (var workbench = GoldenBench.open()) {
      workbench.answer(new NewRequest(like.toString(), made.toString(), 3L, null));
      FlowResult result =
          workbench.answer(request(made, IntStream.range(0, layers).boxed().toList()));

      assertThat(result.nodes()).hasSize(nodes);
      assertThat(result.edges()).hasSize(links);
      assertThat(result.nodes().stream().map(FlowNode::id).distinct()).hasSize(nodes);
      assertThat(
              result.nodes().stream()
                  .collect(Collectors.groupingBy(FlowNode::kind, Collectors.counting())))
          .containsEntry(FlowKind.HEAD, 10L * layers)
          .containsEntry(FlowKind.VALUE, 20L * layers)
          .containsEntry(FlowKind.ATTN_NEURON, 25L * layers)
          .containsEntry(FlowKind.NEURON, 25L * layers);
    }
  }

  @Test
  void aModelOfFewHeadsShowsAllOfThem() {
    try (var workbench = GoldenBench.open()) {
      FlowResult result =
          workbench.answer(request(GoldenBench.GOLDEN.resolve("llama-a"), List.of(1)));

      assertThat(result.nodes().stream().filter(node -> node.kind() == FlowKind.HEAD))
          .hasSizeLessThan(10);
      assertThat(result.nodes().stream().map(FlowNode::kind))
          .doesNotContain(FlowKind.ATTN_BIAS, FlowKind.MLP_BIAS);
    }
  }
}
