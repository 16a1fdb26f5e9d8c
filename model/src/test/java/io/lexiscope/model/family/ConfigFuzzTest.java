package io.lexiscope.model.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.base.Seeded;
import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.config.ConfigJson;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ConfigFuzzTest {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final int MUTATIONS = 400;
  private static final List<String> VALUES =
      List.of(
          "null",
          "0",
          "-1",
          "1",
          "3",
          "7",
          "2147483647",
          "2147483648",
          "1e300",
          "1e999",
          "0.5",
          "true",
          "false",
          "\"x\"",
          "\"\"",
          "[]",
          "[1]",
          "[\"full_attention\"]",
          "{}",
          "{\"a\":1}",
          "{\"rope_type\":\"longrope\",\"short_factor\":[],\"long_factor\":[\"x\"]}",
          "{\"rope_type\":\"yarn\",\"factor\":0}",
          "[[[\"global\"],2147483647]]",
          "[[[], 2147483647]]");

  @Test
  void anyConfigurationIsEitherUnderstoodOrRefusedInOneLine() {
    var random = Seeded.LXM.from(/* seed= */ 4);
    int refused = 0;
    for (var folder : Golden.FOLDERS) {
      var original = Golden.config(folder).json();
      for (int i = 0; i < MUTATIONS; i++) {
        var json = (ObjectNode) MAPPER.readTree(original);
        var keys = new ArrayList<>(json.propertyNames());
        for (int times = 0; times <= i % 3; times++) {
          var key = keys.get(random.nextInt(keys.size()));
          if (random.nextInt(5) == 0) {
            json.remove(key);
          } else {
            json.set(key, MAPPER.readTree(VALUES.get(random.nextInt(VALUES.size()))));
          }
        }
        refused += understood(json.toString()) ? 0 : 1;
      }
    }
    assertThat(refused).isBetween(MUTATIONS, MUTATIONS * 10);
  }

  private static boolean understood(String json) {
    try {
      var architecture = Families.read(ConfigJson.parse(json, "config.json")).architecture();
      assertThat(architecture.block().attention().mask().spans()).hasSize(architecture.layers());
      return true;
    } catch (ConfigException e) {
      assertThat(e.getMessage()).contains("expected ").doesNotContain("\n").hasSizeLessThan(600);
      return false;
    }
  }
}
