package io.lexiscope.model.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The table of spellings that the tests of the page read, too.
class SpellingsTest {
  private static JsonNode table() throws IOException {
    try (var in =
        Objects.requireNonNull(SpellingsTest.class.getResourceAsStream("/places/spellings.json"))) {
      return JsonMapper.shared().readTree(in);
    }
  }

  @Test
  void placesAreReadAndPrintedAsTheTableSays() throws IOException {
    JsonNode places = table().path("places");
    assertThat(places).hasSizeGreaterThan(15);
    for (JsonNode row : places) {
      Place place = Place.parse(row.path("text").asString());
      assertThat(place).hasToString(row.path("is").asString());
      assertThat(place.kind().noun()).isEqualTo(row.path("kind").asString());
    }
    for (JsonNode text : table().path("none")) {
      assertThat(Place.find(text.asString())).as(text.asString()).isEmpty();
    }
  }

  @Test
  void positionsAreReadAsTheTableSays() throws IOException {
    for (JsonNode row : table().path("positions")) {
      assertThat(Position.parse(row.path("text").asString()).index())
          .isEqualTo(row.path("is").asInt());
    }
    for (JsonNode text : table().path("noPositions")) {
      assertThatThrownBy(() -> Position.parse(text.asString())).isInstanceOf(PlaceException.class);
    }
  }

  @Test
  void stepsAreReadAndPrintedAsTheTableSays() throws IOException {
    for (JsonNode row : table().path("steps")) {
      StepRange steps = StepRange.parse(row.path("text").asString());
      assertThat(steps).hasToString(row.path("is").asString());
      assertThat(steps.first()).isEqualTo(row.path("first").asInt());
      assertThat(steps.last()).isEqualTo(row.path("last").asInt(Integer.MAX_VALUE));
      assertThat(StepRange.parse(steps.toString())).isEqualTo(steps);
    }
    for (JsonNode text : table().path("noSteps")) {
      assertThatThrownBy(() -> StepRange.parse(text.asString())).isInstanceOf(PlaceException.class);
    }
  }
}
