package io.lexiscope.workbench.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DifferencesTest {
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'a':1,'b':2}     | {'b':2,'a':1}     | : expected the names [a, b], got [b, a]",
        "{'a':1}           | {'a':1,'b':2}     | : expected the names [a], got [a, b]",
        "{'a':[1,2]}       | {'a':[1,3]}       | /a/1: expected 2, got 3",
        "{'a':[1]}         | {'a':[1,1]}       | /a: expected 1, got 2",
        "{'a':1000000}     | {'a':1000001}     | /a: expected 1000000, got 1000001",
        "{'a':0.5}         | {'a':0.502}       | /a: expected 0.5 within",
        "{'a':0.5}         | {'a':null}        | /a: expected 0.5, got null",
        "{'a':'L3N12 0.5'} | {'a':'L3N13 0.5'} | /a: expected \"L3N12 0.5\", got \"L3N13 0.5\"",
        "{'a':'about 0.5'} | {'a':'about 0.6'} | /a: expected 0.5 within",
        "{'a':{'b':[]}}    | {'a':{'b':{}}}    | /a/b: expected [], got {}",
      })
  void whatDiffersIsNamedWithItsPlace(String recorded, String answered, String says) {
    assertThat(Differences.between(json(recorded), json(answered)))
        .singleElement()
        .asString()
        .startsWith(says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'a':0.5}                        | {'a':0.50001}",
        "{'a':3}                          | {'a':3.00001}",
        "{'a':'about 0.5 of 7'}           | {'a':'about 0.5001 of 7'}",
        "{'a':'<differs from run to run>'} | {'a':12.5}",
      })
  void whatMachinesDifferInIsNone(String recorded, String answered) {
    assertThat(Differences.between(json(recorded), json(answered))).isEmpty();
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }
}
