package io.lexiscope.workbench.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The names that scripts outside rely on: the contract's table, verb by verb.
class ContractTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "models      | models:name,path,family,parameters",
        "info        | family layers heads kvHeads dModel dHead dMlp vocabulary context parameters tied dtype hookPoints provenance",
        "tokenize    | model tokens:id,text,start,end provenance",
        "generate    | model tokens:id,text provenance prompt text generated:id,text,probability,exitLayer tokensPerSecond",
        "score       | model tokens:id,text provenance meanNats perplexity bitsPerByte",
        "activations | model tokens:id,text provenance written:name,shape",
        "parity      | model tokens:id,text provenance passed maxAbsDiff unknown",
        "lens        | model tokens:id,text provenance readings:at,layer,position,head,norm,entropy,top,bottom,target",
        "new         | written",
        "ffn         | model tokens:id,text provenance layers:layer,position,before,after,subUpdates,residualError events",
        "reproduce   | checks:name,published,measured,passed",
      })
  void everyNameOfTheContractIsAFieldOfTheResult(String verb, String names) {
    var result = Verb.named(verb).orElseThrow().result();

    for (var name : names.split(" ")) {
      var parts = name.split(":");
      var component = component(result, parts[0]);
      assertThat(component).as(verb + " " + parts[0]).isNotNull();
      if (parts.length > 1) {
        assertThat(names(element(component))).contains(parts[1].split(","));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TokenReading,id text probability logit",
    "TargetReading,id text probability logit rank"
  })
  void aReadingOfAWordHasItsFourNumbersAndATargetItsRank(String type, String names)
      throws ClassNotFoundException {
    var record = Class.forName("io.lexiscope.workbench.view." + type);

    assertThat(names(record)).containsExactlyInAnyOrder(names.split(" "));
  }

  private static Set<String> names(Class<?> type) {
    var names = new TreeSet<String>();
    for (var component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        names.addAll(names(component.getType()));
      } else {
        names.add(component.getName());
      }
    }
    return names;
  }

  private static RecordComponent component(Class<?> type, String name) {
    for (var component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        if (names(component.getType()).contains(name)) {
          return component(component.getType(), name);
        }
      } else if (component.getName().equals(name)) {
        return component;
      }
    }
    throw new AssertionError(type.getSimpleName() + " has no " + name);
  }

  private static Class<?> element(RecordComponent list) {
    return (Class<?>) ((ParameterizedType) list.getGenericType()).getActualTypeArguments()[0];
  }
}
