package io.lexiscope.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Journal.Form<String> TEXT = form("text");
  private static final Journal.Form<String> OTHER = form("other");

  private static Journal.Form<String> form(String name) {
    return new Journal.Form<>() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void write(String part, DataOutput out) throws IOException {
        out.writeUTF(part);
      }

      @Override
      public String read(DataInput in) throws IOException {
        return in.readUTF();
      }
    };
  }

  @TempDir private Path folder;
  private Path file = Path.of("");
  private final List<String> made = new ArrayList<>();

  @BeforeEach
  void name() {
    file = folder.resolve("parts");
  }

  @Test
  void whatWasFinishedIsGivenBackInItsOrder() throws IOException {
    assertThat(parts("work", 3)).containsExactly("0", "1", "2");
    assertThat(parts("work", 5)).containsExactly("0", "1", "2", "3", "4");

    assertThat(made).containsExactly("0", "1", "2", "3", "4");
    assertThat(parts("work", 2)).containsExactly("0", "1");
  }

  @Test
  void partsOfOtherWorkAreThrownAway() throws IOException {
    parts("work", 3);
    parts("other work", 2);

    assertThat(made).containsExactly("0", "1", "2", "0", "1");
    parts("work", 1);
    assertThat(made).containsExactly("0", "1", "2", "0", "1", "0");
  }

  @Test
  void whateverOfAFileIsLeftItsWholePartsCountAndTheResultIsTheSame() throws IOException {
    parts("work", 4);
    byte[] whole = Files.readAllBytes(file);

    int before = 0;
    for (int length = 0; length <= whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      made.clear();
      assertThat(parts("work", 4)).containsExactly("0", "1", "2", "3");
      int kept = 4 - made.size();
      assertThat(kept).isGreaterThanOrEqualTo(before);
      before = kept;
      assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }
    assertThat(before).isEqualTo(4);
  }

  @Test
  void aPartWhoseBytesAreOthersIsMadeAnewAndSoAreThoseAfterIt() throws IOException {
    parts("work", 4);
    byte[] whole = Files.readAllBytes(file);
    byte[] spoilt = whole.clone();
    int place = whole.length / 2 + 12;
    spoilt[place] = (byte) (spoilt[place] ^ 1);
    Files.write(file, spoilt);
    made.clear();

    assertThat(parts("work", 4)).containsExactly("0", "1", "2", "3");
    assertThat(made).isNotEmpty().doesNotContain("0");
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  @Test
  void theStepThatIsLeftOutIsPassedOver() throws IOException {
    try (Journal journal = Journal.open(file, "work")) {
      assertThat(journal.part(OTHER, () -> "needed once")).isEqualTo("needed once");
      all(journal, 2);
    }
    made.clear();

    assertThat(parts("work", 3)).containsExactly("0", "1", "2");
    assertThat(made).containsExactly("2");
    try (Journal journal = Journal.open(file, "work")) {
      assertThat(journal.part(OTHER, () -> "anew")).isEqualTo("needed once");
      assertThat(all(journal, 3)).containsExactly("0", "1", "2");
      assertThat(journal.found()).isEqualTo(4);
    }
  }

  @Test
  void aJournalThatKeepsNothingMakesEverything() {
    try (Journal journal = Journal.none()) {
      assertThat(all(journal, 2)).containsExactly("0", "1");
      assertThat(all(journal, 2)).containsExactly("0", "1");
      assertThat(journal.found()).isZero();
    }
    assertThat(made).hasSize(4);
  }

  @Test
  void workGoesOnWhereNothingCanBeWritten() throws IOException {
    Journal closed;
    try (Journal journal = Journal.open(file, "work")) {
      closed = journal;
    }

    assertThat(all(closed, 2)).containsExactly("0", "1");
    assertThat(made).containsExactly("0", "1");
  }

  private List<String> parts(String identity, int many) throws IOException {
    try (Journal journal = Journal.open(file, identity)) {
      return all(journal, many);
    }
  }

  private List<String> all(Journal journal, int many) {
    return IntStream.range(0, many)
        .mapToObj(
            part ->
                journal.part(
                    TEXT,
                    () -> {
                      made.add(String.valueOf(part));
                      return String.valueOf(part);
                    }))
        .toList();
  }
}
