package io.lexiscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTableTest {
  private static final int CAPACITY = 100;

  /// A store of one number for each slot, and what the sequences should hold.
  private static final class Numbers {
    final PageTable table;
    final int[] store;
    List<List<Integer>> expected = new ArrayList<>();

    Numbers(int rows, int most) {
      table = new PageTable(rows, most, CAPACITY);
      store = new int[table.slots()];
      IntStream.range(0, rows).forEach(row -> expected.add(new ArrayList<>()));
    }

    int length() {
      return expected.getFirst().size();
    }

    void write(int count, Random random) {
      int from = length();
      table.claim(
          from,
          from + count,
          (source, target, positions) -> System.arraycopy(store, source, store, target, positions));
      for (int row = 0; row < expected.size(); row++) {
        for (int i = 0; i < count; i++) {
          int number = random.nextInt();
          store[table.slotOf(row, from + i)] = number;
          expected.get(row).add(number);
        }
      }
    }

    void reorder(int... rows) {
      table.reorder(rows);
      List<List<Integer>> next = new ArrayList<>();
      for (int row : rows) {
        next.add(new ArrayList<>(expected.get(row)));
      }
      expected = next;
    }

    void truncate(int length) {
      table.truncate(length);
      expected.forEach(row -> row.subList(length, row.size()).clear());
    }

    void check() {
      long[] slots = table.slotsOf(length());
      List<Integer> held = new ArrayList<>();
      for (long slot : slots) {
        held.add(store[(int) slot]);
      }
      assertThat(held).isEqualTo(expected.stream().flatMap(List::stream).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverIsDoneEverySequenceHoldsItsOwnNumbers(long seed) {
    Random random = new Random(seed);
    int most = 1 + random.nextInt(6);
    Numbers numbers = new Numbers(1 + random.nextInt(most), most);
    for (int step = 0; step < 200; step++) {
      int room = CAPACITY - numbers.length();
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          if (room > 0) {
            numbers.write(1 + random.nextInt(Math.min(room, 20)), random);
          }
        }
        case 2, 3 -> {
          int rows = numbers.expected.size();
          numbers.reorder(random.ints(1 + random.nextInt(most), 0, rows).toArray());
        }
        default -> numbers.truncate(random.nextInt(numbers.length() + 1));
      }
      numbers.check();
    }
  }

  @Test
  void continuationsOfAPromptHoldItOnce() {
    Random random = new Random(0);
    Numbers numbers = new Numbers(/* rows= */ 1, /* most= */ 5);
    numbers.write(70, random);

    numbers.reorder(0, 0, 0, 0, 0);
    assertThat(numbers.table.slotsInUse()).isEqualTo(80);

    numbers.write(1, random);
    assertThat(numbers.table.slotsInUse()).isEqualTo(64 + 5 * 16);

    numbers.reorder(2, 2, 2, 2, 2);
    assertThat(numbers.table.slotsInUse()).isEqualTo(80);
  }

  @Test
  void sequencesThatShareNothingLieInOrder() {
    Numbers numbers = new Numbers(/* rows= */ 3, /* most= */ 3);
    numbers.write(40, new Random(0));
    assertThat(numbers.table.inOrder(40)).isTrue();

    numbers.reorder(1, 1, 2);
    assertThat(numbers.table.inOrder(40)).isFalse();
  }

  @Test
  void moreSequencesThanThereIsRoomForAreRefused() {
    PageTable table = new PageTable(/* rows= */ 1, /* mostRows= */ 2, CAPACITY);

    assertThatThrownBy(() -> table.reorder(0, 0, 0))
        .isInstanceOf(TensorException.class)
        .hasMessage("reorder: expected at most 2 sequences, got 3");
  }
}
