package io.lexiscope.workbench.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.hub.find.ModelFinder;
import io.lexiscope.hub.find.ModelPlaces;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("MustBeClosedChecker") // models are given back at once, or on purpose later
class ModelShelfTest {
  private static final Path GOLDEN = Path.of("../model/src/test/resources/golden");

  @TempDir private Path folder;
  private final ModelShelf shelf = shelf(GOLDEN);

  @AfterEach
  void close() {
    shelf.close();
  }

  @Test
  void twoUsersShareOneModelAndItStaysOpenAfterwards() {
    LanguageModel first;
    try (var one = use("gpt2-a");
        var two = use("gpt2-a")) {
      first = one.model();
      assertThat(two.model()).isSameAs(first);
    }

    try (var three = use("gpt2-a")) {
      assertThat(three.model()).isSameAs(first);
    }
  }

  @Test
  void usersWhoComeAtOnceOpenTheModelOnce() throws InterruptedException {
    Set<LanguageModel> models =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < 8; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (var open = use("llama-a")) {
                      models.add(open.model());
                    }
                  }));
    }
    for (var thread : threads) {
      thread.join();
    }

    assertThat(models).hasSize(1);
  }

  @Test
  void beyondTheLimitTheLeastRecentlyUsedIdleModelIsClosed() {
    use("gpt2-a").close();
    use("llama-a").close();
    use("gpt2-a").close();

    use("gptj-a").close();

    assertThat(shelf.open()).containsExactlyInAnyOrder("gpt2-a", "gptj-a");
  }

  @Test
  void aModelInUseIsNotClosedUnderItsUser() {
    try (var held = use("gpt2-a")) {
      use("llama-a").close();
      use("gptj-a").close();
      use("phi-a").close();
      shelf.close();

      try (var run = held.model().run(TokenIds.of(1, 2), Recording.nothing())) {
        assertThat(run.length()).isEqualTo(2);
      }
    }
    assertThat(shelf.open()).isEmpty();
    assertThatThrownBy(() -> use("gpt2-a"))
        .isInstanceOfSatisfying(
            WorkbenchException.class, e -> assertThat(e.kind()).isEqualTo(ProblemKind.BUSY));
  }

  @Test
  void aModelWhoseFilesHaveChangedIsOpenedAnew() throws IOException {
    copy("gpt2-a");
    try (var own = shelf(folder)) {
      LanguageModel before;
      try (var open = own.use(ModelChoice.of("gpt2-a"))) {
        before = open.model();
      }
      Files.setLastModifiedTime(
          folder.resolve("gpt2-a/model.safetensors"), FileTime.fromMillis(1_000_000));

      try (var open = own.use(ModelChoice.of("gpt2-a"))) {
        assertThat(open.model()).isNotSameAs(before);
      }
    }
  }

  @Test
  void aModelThatCannotBeOpenedLeavesNothingBehind() throws IOException {
    copy("gpt2-a");
    Files.writeString(folder.resolve("gpt2-a/model.safetensors"), "no tensors");
    try (var own = shelf(folder)) {
      assertThatThrownBy(() -> own.use(ModelChoice.of("gpt2-a")).close())
          .hasMessageNotContaining("\n")
          .hasMessageContaining("model.safetensors");
      assertThat(own.open()).isEmpty();
    }
  }

  @Test
  void provenanceNamesModelFilesAndPrecision() {
    try (var open = use("gpt2-a")) {
      var provenance = open.provenance(7L);

      assertThat(provenance.model()).isEqualTo("gpt2-a");
      assertThat(provenance.weightHash()).matches("[0-9a-f]{64}");
      assertThat(provenance.configHash()).matches("[0-9a-f]{64}");
      assertThat(provenance.tokenizerHash()).isNull();
      assertThat(provenance.dtype()).isEqualTo("float32");
      assertThat(provenance.seed()).isEqualTo(7);
    }
  }

  @Test
  void aPrecisionOrDeviceThatIsNotOfferedIsRefused() {
    assertThatThrownBy(
            () -> shelf.use(new ModelChoice("gpt2-a", "float16", /* device= */ null)).close())
        .hasMessageContaining("expected one of float32 and bf16, got float16");
    assertThatThrownBy(
            () -> shelf.use(new ModelChoice("gpt2-a", /* dtype= */ null, "cuda")).close())
        .hasMessageContaining("expected a build with the CUDA libraries for cuda");
  }

  @Test
  void theSameFolderInTwoTypesIsTwoModels() {
    var half = new ModelChoice("gpt2-a", "bf16", /* device= */ null);
    try (var exact = use("gpt2-a");
        var rounded = shelf.use(half);
        var again = shelf.use(half)) {
      assertThat(rounded.model()).isNotSameAs(exact.model()).isSameAs(again.model());
      assertThat(rounded.provenance(/* seed= */ null).dtype()).isEqualTo("bfloat16");
      assertThat(rounded.provenance(/* seed= */ null).device()).isEqualTo("cpu");
    }
  }

  private OpenModel use(String name) {
    return shelf.use(ModelChoice.of(name));
  }

  private void copy(String name) throws IOException {
    Files.createDirectories(folder.resolve(name));
    for (var file : List.of("config.json", "model.safetensors")) {
      Files.copy(GOLDEN.resolve(name).resolve(file), folder.resolve(name).resolve(file));
    }
  }

  private static ModelShelf shelf(Path models) {
    var places = new ModelPlaces(models, List.of(), models.resolve("none"), "gpt2-a");
    return new ModelShelf(
        new ModelFinder(places),
        new Build("0", "25"),
        /* idleLimit= */ 2,
        places.cache(),
        new RunShelf(1 << 20));
  }
}
