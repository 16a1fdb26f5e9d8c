package io.lexiscope.workbench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.workbench.activations.ActivationsResult;
import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.ResultHeader;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.clusters.ClusterLinkage;
import io.lexiscope.workbench.clusters.ClusterView;
import io.lexiscope.workbench.clusters.ClustersResult;
import io.lexiscope.workbench.job.JobFile;
import io.lexiscope.workbench.job.JobFiles;
import io.lexiscope.workbench.lens.TokenReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFilesTest {
  private static final Provenance PROVENANCE =
      new Provenance(
          "m",
          "w",
          "c",
          /* tokenizerHash= */ null,
          "float32",
          "cpu",
          "on",
          0L,
          /* interventions= */ null,
          "0",
          "25");

  @TempDir private Path folder;

  @Test
  void aResultIsOfferedAsJsonAndAsATable() throws IOException {
    ClustersResult result = clusters();

    assertThat(JobFiles.of(result))
        .containsExactly(
            new JobFile("result.json", "application/json"),
            new JobFile("clusters.csv", "text/csv; charset=utf-8"));
    assertThat(ViewJson.read(read(result, "result.json"), ClustersResult.class)).isEqualTo(result);
    assertThat(read(result, "clusters.csv"))
        .isEqualTo(
            "cluster,neuron,size,cohesion,promotes\r\n"
                + "0,\"L0N1\",2,0.5,\" =fire|\"\"\"\r\n"
                + "0,\"L3N7\",2,0.5,\" =fire|\"\"\"\r\n");
  }

  @Test
  void nothingIsOfferedWhileThereIsNoResult() {
    assertThat(JobFiles.of(null)).isEmpty();
  }

  @Test
  void whatAJobWroteIsReadFromWhereItWroteIt() throws IOException {
    Path file = Files.writeString(folder.resolve("a.safetensors"), "numbers");
    ActivationsResult result = activations(file);

    assertThat(JobFiles.of(result))
        .contains(new JobFile("a.safetensors", "application/octet-stream"));
    assertThat(read(result, "a.safetensors")).isEqualTo("numbers");

    Files.delete(file);
    assertThatThrownBy(() -> JobFiles.open(result, "a.safetensors"))
        .isInstanceOf(WorkbenchException.class)
        .hasMessageContaining("moved or deleted since");
  }

  @Test
  void aFileThatIsNotOfferedIsNotFoundWhereverItLies() throws IOException {
    Path file = Files.writeString(folder.resolve("a.safetensors"), "numbers");
    Files.writeString(folder.resolve("secret"), "secret");
    ActivationsResult result = activations(file);

    for (String name :
        List.of("secret", "../" + folder.getFileName() + "/secret", "", file.toString())) {
      assertThatThrownBy(() -> JobFiles.open(result, name))
          .isInstanceOf(WorkbenchException.class)
          .hasMessage("job: expected one of the files [result.json, a.safetensors], got " + name);
    }
  }

  @Test
  void aLinkPutWhereTheJobWroteIsNotFollowed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    Path link = Files.createSymbolicLink(folder.resolve("a.safetensors"), secret);

    assertThatThrownBy(() -> JobFiles.open(activations(link), "a.safetensors"))
        .isInstanceOf(WorkbenchException.class)
        .hasMessageContaining("got none");
  }

  private static String read(Record result, String name) throws IOException {
    try (var stream = JobFiles.open(result, name)) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  private static ActivationsResult activations(Path file) {
    var header = new ResultHeader("m", List.of(), PROVENANCE, /* notFinite= */ null);
    return new ActivationsResult(header, List.of(), file.toString(), /* bytes= */ 7);
  }

  private static ClustersResult clusters() {
    var words =
        List.of(
            new TokenReading(/* id= */ 1, " =fire", /* probability= */ 0.5, /* logit= */ 1),
            new TokenReading(/* id= */ 2, "\"", /* probability= */ 0.5, /* logit= */ 1));
    var cluster =
        new ClusterView(
            /* id= */ 0, /* size= */ 2, /* cohesion= */ 0.5, List.of("L0N1", "L3N7"), words);
    return new ClustersResult(
        "m",
        ClusterLinkage.AVERAGE,
        /* exact= */ true,
        /* sampled= */ 2,
        /* memoryBytes= */ 8,
        List.of(cluster),
        /* seconds= */ 1,
        PROVENANCE);
  }
}
