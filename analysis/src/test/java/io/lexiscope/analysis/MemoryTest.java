package io.lexiscope.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.RandomModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memory that opening and tracing take, measured in processes of their own. Where the system does
/// not tell a process's resident memory, native tensors are counted alone.
class MemoryTest {
  private static final Path SMALL = Path.of("../model/src/test/resources/golden/gpt2-a");

  /// GPT-2 small: 124 million weights, 498 MB.
  private static final Map<String, Object> GPT2_SMALL =
      Map.of(
          "model_type", "gpt2",
          "architectures", List.of("GPT2LMHeadModel"),
          "n_embd", 768,
          "n_layer", 12,
          "n_head", 12,
          "n_positions", 1024,
          "vocab_size", 50257,
          "activation_function", "gelu_new",
          "layer_norm_epsilon", 1e-5);

  /// @param before resident kilobytes before
  /// @param after resident kilobytes after
  /// @param tensors a count of tensors, by the probe's meaning
  private record Measured(long before, long after, long tensors) {}

  private static Measured probe(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-Xm") && !argument.startsWith("-javaagent"))
        .forEach(command::add);
    // A heap of fixed size that is resident from the start leaves native memory as the difference.
    command.addAll(List.of("-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch"));
    command.addAll(List.of("-cp", ManagementFactory.getRuntimeMXBean().getClassPath()));
    command.add(MemoryProbe.class.getName());
    command.addAll(Arrays.asList(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    List<Long> numbers = Arrays.stream(output.strip().split(" ")).map(Long::parseLong).toList();
    return new Measured(numbers.get(0), numbers.get(1), numbers.get(2));
  }

  @Test
  void twoHundredTracesInARowLeaveResidentMemoryFlat() throws Exception {
    Measured measured = probe("trace", SMALL.toString());

    assertThat(measured.tensors()).isZero();
    assertThat(measured.after())
        .as("resident kilobytes after %d before", measured.before())
        .isBetween(measured.before() * 97 / 100, (measured.before() * 103 + 99) / 100);
  }

  @Test
  void aPassOverSixteenTokensTakesTheFileAndHardlyMore(@TempDir Path folder) throws Exception {
    Path large = RandomModel.writeLarge(folder, GPT2_SMALL);
    long file = Files.size(large.resolve("model.safetensors")) / 1024;

    Measured measured = probe("pass", large.toString());

    assertThat(measured.tensors()).as("tensors beside the last stream").isZero();
    assertThat(measured.after() - measured.before())
        .as("kilobytes that opening and a pass added, of which %d are the file's", file)
        .isLessThan(file + 100_000);
  }

  @Test
  void openingHalfAGigabyteOfWeightsReadsHardlyAnyOfIt(@TempDir Path folder) throws Exception {
    Path large = RandomModel.writeLarge(folder, GPT2_SMALL);
    assertThat(Files.size(large.resolve("model.safetensors"))).isGreaterThan(490_000_000);

    Measured measured = probe("open", large.toString(), SMALL.toString());

    assertThat(measured.tensors()).as("weights of nine more blocks").isEqualTo(9 * 12);
    assertThat(measured.after() - measured.before())
        .as("kilobytes that opening added")
        .isLessThan(100_000);
  }
}
