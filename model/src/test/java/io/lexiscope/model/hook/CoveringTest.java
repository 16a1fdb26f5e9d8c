package io.lexiscope.model.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.place.HookPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoveringTest {
  private static final Recording STREAM = Recording.of(HookPoint.RESID_POST);
  private static final Recording PLACE = Recording.of(List.of(HookPoint.RESID_POST.at(2)));

  @Test
  void everyLayerCoversOneAndNotTheOtherWay() {
    assertThat(STREAM.covers(PLACE)).isTrue();
    assertThat(PLACE.covers(STREAM)).isFalse();
    assertThat(STREAM.covers(Recording.of(HookPoint.RESID_PRE))).isFalse();
  }

  @Test
  void everyPositionCoversSomeAndSomeCoverFewer() {
    assertThat(STREAM.covers(STREAM.at(0, -1))).isTrue();
    assertThat(STREAM.at(0, 1).covers(STREAM.at(1))).isTrue();
    assertThat(STREAM.at(0).covers(STREAM.at(1))).isFalse();
    assertThat(STREAM.at(0).covers(STREAM)).isFalse();
  }

  @Test
  void aUnionCoversBothAndAnythingCoversNothing() {
    Recording both = STREAM.at(0).and(Recording.of(HookPoint.Z));

    assertThat(both.covers(STREAM.at(0))).isTrue();
    assertThat(both.covers(Recording.of(HookPoint.Z))).isTrue();
    assertThat(Recording.nothing().covers(Recording.nothing())).isTrue();
    assertThat(Recording.nothing().covers(PLACE)).isFalse();
  }
}
