package io.lexiscope.workbench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.cluster.Linkage;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.workbench.activations.ActivationsResult;
import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.ResultHeader;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.clusters.ClusterView;
import io.lexiscope.workbench.clusters.ClustersResult;
import io.lexiscope.workbench.job.Job;
import io.lexiscope.workbench.job.JobFile;
import io.lexiscope.workbench.job.Jobs;
import io.lexiscope.workbench.job.PassGate;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.Verb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
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
          /* arithmetic= */ null,
          0L,
          /* patches= */ null,
          /* interventions= */ null,
          /* notes= */ null,
          "0",
          "25");

  @TempDir private Path folder;
  private final Workbench bench = GoldenBench.open();
  private final Jobs jobs = new Jobs(new PassGate(/* passes= */ 1), /* atOnce= */ 4, /* kept= */ 4);

  @AfterEach
  void close() {
    jobs.close();
    bench.close();
  }

  @Test
  void aResultIsOfferedAsJsonAndAsATable() throws Exception {
    ClustersResult result = clusters();

    assertThat(offered(result))
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
  void nothingIsOfferedWhileThereIsNoResult() throws InterruptedException {
    var release = new CountDownLatch(1);
    var job =
        jobs.submit(
            Verb.reads("clusters", "A test's."),
            work -> waitFor(release),
            bench.features().named("clusters").orElseThrow()::filesOf);

    assertThat(job.files()).isEmpty();
    assertThat(job.view(/* withResult= */ true).files()).isEmpty();

    release.countDown();
    assertThat(job.await()).isNotNull();
    assertThat(job.files()).isNotEmpty();
  }

  @Test
  void whatAJobWroteIsReadFromWhereItWroteIt() throws Exception {
    Path file = Files.writeString(folder.resolve("a.safetensors"), "numbers");
    ActivationsResult result = activations(file);

    assertThat(offered(result)).contains(new JobFile("a.safetensors", "application/octet-stream"));
    assertThat(read(result, "a.safetensors")).isEqualTo("numbers");

    Files.delete(file);
    assertThatThrownBy(() -> read(result, "a.safetensors"))
        .isInstanceOf(WorkbenchException.class)
        .hasMessageContaining("moved or deleted since");
  }

  @Test
  void aFileThatIsNotOfferedIsNotFoundWhereverItLies() throws Exception {
    Path file = Files.writeString(folder.resolve("a.safetensors"), "numbers");
    Files.writeString(folder.resolve("secret"), "secret");
    ActivationsResult result = activations(file);

    for (String name :
        List.of("secret", "../" + folder.getFileName() + "/secret", "", file.toString())) {
      assertThatThrownBy(() -> read(result, name))
          .isInstanceOf(WorkbenchException.class)
          .hasMessage("job: expected one of the files [result.json, a.safetensors], got " + name);
    }
  }

  @Test
  void aLinkPutWhereTheJobWroteIsNotFollowed() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    Path link = Files.createSymbolicLink(folder.resolve("a.safetensors"), secret);

    assertThatThrownBy(() -> read(activations(link), "a.safetensors"))
        .isInstanceOf(WorkbenchException.class)
        .hasMessageContaining("got none");
  }

  private String read(Record result, String name) throws Exception {
    try (var stream = job(result).file(name).open()) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  private List<JobFile> offered(Record result) throws InterruptedException {
    return job(result).files().stream().map(ResultFile::file).toList();
  }

  /// A finished job of the verb that gives such results.
  private Job job(Record result) throws InterruptedException {
    var feature =
        bench.features().all().stream()
            .filter(known -> known.gives() == result.getClass())
            .findFirst()
            .orElseThrow();
    var job = jobs.submit(feature.verb(), work -> result, feature::filesOf);
    assertThat(job.await()).isSameAs(result);
    return job;
  }

  private static ClustersResult waitFor(CountDownLatch release) {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return clusters();
  }

  private static ActivationsResult activations(Path file) {
    var header =
        new ResultHeader("m", List.of(), PROVENANCE, /* notFinite= */ null, /* notes= */ null);
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
        Linkage.AVERAGE,
        /* exact= */ true,
        /* sampled= */ 2,
        /* memoryBytes= */ 8,
        /* closerThan= */ 0.4,
        /* vectors= */ 3,
        /* inNone= */ 1,
        List.of(cluster),
        /* seconds= */ 1,
        PROVENANCE);
  }
}
