package io.lexiscope.model.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
  @ParameterizedTest
  @CsvSource({
    "L3N12, L3N12",
    "l3n12, L3N12",
    "L3D12, L3N12",
    "l3d12, L3N12",
    "neuron 3.12, L3N12",
    "Neuron  3.12, L3N12",
    "v4_13, L3N12",
    "V4_13, L3N12",
    "v^4_13, L3N12",
    "L2H1, L2H1",
    "l2h1, L2H1",
    "head 2.1, L2H1",
    "HEAD 2.1, L2H1",
    "a2.1, L2H1",
    "A2.1, L2H1",
    "l2h1d0, L2H1D0",
    "L3E5, L3E5",
    "expert 3.5, L3E5",
    "l3e5n12, L3E5N12",
    "L3E5D12, L3E5N12",
    "L3.b_mlp, L3.b_mlp",
    "l3.B_ATTN, L3.b_attn",
    "blocks.3.hook_out, blocks.3.hook_resid_post",
    "x3.mid, blocks.3.hook_resid_mid",
    "m3, blocks.3.hook_mlp_out",
    "hook_embed, hook_embed",
    "L003N0012, L3N12"
  })
  void everySpellingIsPrintedInOneWay(String written, String printed) {
    assertThat(Place.parse(written)).hasToString(printed);
    assertThat(Place.parse("  " + written + " ")).hasToString(printed);
    assertThat(Place.find(written)).contains(Place.parse(printed));
  }

  @Test
  void whatIsPrintedIsReadAgainInAnyCaseOfLetters() {
    var random = new Random(/* seed= */ 5);
    for (int i = 0; i < 200; i++) {
      for (Place place : places(random.nextInt(200), random.nextInt(100_000), random.nextInt(64))) {
        assertThat(Place.parse(place.toString())).isEqualTo(place);
        assertThat(Place.parse(place.toString().toLowerCase(Locale.ROOT))).isEqualTo(place);
        assertThat(Place.parse(place.toString().toUpperCase(Locale.ROOT))).isEqualTo(place);
      }
    }
  }

  private static List<Place> places(int layer, int index, int more) {
    var hooks =
        Arrays.stream(HookPoint.values())
            .<Place>map(point -> point.perLayer() ? point.at(layer) : point.once());
    var others =
        Stream.<Place>of(
            new NeuronName(layer, index),
            new HeadName(layer, more),
            new DirectionName(new HeadName(layer, more), index),
            new ExpertName(layer, more),
            new ExpertNeuron(new ExpertName(layer, more), index),
            new BiasName(layer, BiasName.Part.MLP),
            new BiasName(layer, BiasName.Part.ATTENTION));
    return Stream.concat(hooks, others).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.12", " 3.12 "})
  void aPairOfNumbersIsWhatTheOptionAsksForAndNothingElsewhere(String pair) {
    assertThat(NeuronName.parse(pair)).hasToString("L3N12");
    assertThat(HeadName.parse(pair)).hasToString("L3H12");
    assertThat(ExpertName.parse(pair)).hasToString("L3E12");
    assertThat(Place.find(pair)).isEmpty();
    assertThatThrownBy(() -> Place.parse(pair))
        .isInstanceOf(PlaceException.class)
        .hasMessage(
            "place: expected a place that says of what kind it is, got 3.12, which may be the"
                + " neuron L3N12 or the head L3H12; write the one you mean");
    assertThatThrownBy(() -> HookName.parse(pair)).isInstanceOf(PlaceException.class);
  }

  @Test
  void aPlaceOfAnotherKindIsRefusedByItsName() {
    assertThatThrownBy(() -> NeuronName.parse("l2h1"))
        .isInstanceOf(PlaceException.class)
        .hasMessage(
            "neuron: expected a name such as L3N812 (layer 3, neuron 812, counted from 0), or a"
                + " paper's v4_813 (counted from 1), got l2h1, which is a head");
    assertThatThrownBy(() -> HeadName.parse("v4_13"))
        .hasMessageEndingWith("got v4_13, which is a neuron");
    assertThatThrownBy(() -> HeadName.parse("neuron 3.12"))
        .hasMessageEndingWith("got neuron 3.12, which is a neuron");
    assertThatThrownBy(() -> NeuronName.parse("L3E5N12"))
        .hasMessageEndingWith("got L3E5N12, which is a neuron of an expert");
    assertThatThrownBy(() -> ExpertName.parse("blocks.3.hook_out"))
        .hasMessageEndingWith("got blocks.3.hook_out, which is a hook name");
    assertThatThrownBy(() -> NeuronName.parse("expert 3.5"))
        .hasMessageEndingWith("got expert 3.5, which is an expert");
    assertThatThrownBy(() -> HeadName.parse("L3.b_mlp"))
        .isInstanceOfSatisfying(
            PlaceException.class, e -> assertThat(e.kind()).isEqualTo(PlaceKind.HEAD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "L3",
        "N12",
        "L3N",
        "LN12",
        "L-3N12",
        "L3N-12",
        "L3N12x",
        "xL3N12",
        "L3 N12",
        "L3N12.5",
        "v0_1",
        "v1_0",
        "v4.13",
        "L1234567N1",
        "L1N123456789",
        "3.12.1",
        "head 3",
        "head3.1",
        "x0",
        "x0.later",
        "a0",
        "m",
        "m1.2",
        "L3.b_norm",
        "\u0661.\u0662",
        "L3N12\nL3N13"
      })
  void whatIsNoPlaceIsRefused(String text) {
    assertThat(Place.find(text)).isEmpty();
    assertThatThrownBy(() -> Place.parse(text))
        .isInstanceOf(PlaceException.class)
        .hasMessageStartingWith("place: expected ")
        .hasMessageEndingWith("got " + text);
    assertThatThrownBy(() -> NeuronName.parse(text)).isInstanceOf(PlaceException.class);
    assertThatThrownBy(() -> HeadName.parse(text)).isInstanceOf(PlaceException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, 5, 0", "4, 5, 4", "-1, 5, 4", "-5, 5, 0", "\u22122, 5, 3", "' -1 ', 1, 0"})
  void aPositionCountsFromEitherEnd(String text, int length, int from0) {
    assertThat(Position.parse(text).in(length)).isEqualTo(from0);
    assertThat(Position.parse(Position.parse(text).toString())).isEqualTo(Position.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1.5", "--1", "+1", "1-2", "1234567890"})
  void whatIsNoPositionIsRefused(String text) {
    assertThatThrownBy(() -> Position.parse(text))
        .isInstanceOf(PlaceException.class)
        .hasMessage(
            "position: expected a whole number from 0, or from -1 on backwards from the end, got "
                + text);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, -6})
  void aPositionThatAPromptHasNotIsRefused(int index) {
    assertThatThrownBy(() -> new Position(index).in(5))
        .isInstanceOf(PlaceException.class)
        .hasMessage("position: expected a position from -5 to 4, got " + index);
  }
}
