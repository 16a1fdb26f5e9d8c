package io.lexiscope.workbench.contract;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.model.reading.TargetReading;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.workbench.GoldenBench;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Verb;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The names that scripts outside rely on: the contract's table, verb by verb.
class ContractTest {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          entry("health", "status codeVersion jvm openModels uptimeSeconds"),
          entry("models", "models:name,path,family,parameters defaultModel"),
          entry("pull", "models:name,path revision commit files:name,bytes bytes downloadedBytes"),
          entry(
              "info",
              "family layers heads kvHeads dModel dHead dMlp vocabulary context parameters tied"
                  + " dtype hookPoints provenance"),
          entry("tokenize", "model tokens:id,text,start,end provenance"),
          entry("complete", "model completions:id,text total"),
          entry("explain", "terms:name,meaning"),
          entry(
              "generate",
              "model tokens:id,text provenance prompt text"
                  + " generated:id,text,probability,exitLayer tokensPerSecond"),
          entry("score", "model tokens:id,text provenance meanNats perplexity bitsPerByte"),
          entry("activations", "model tokens:id,text provenance written:name,shape"),
          entry("parity", "model tokens:id,text provenance passed maxAbsDiff unknown"),
          entry(
              "lens",
              "model tokens:id,text provenance"
                  + " readings:at,layer,position,head,norm,entropy,top,bottom,target"),
          entry(
              "attribution",
              "model tokens:id,text provenance contributions:label,kind,layer,head,logits sum"
                  + " exact"),
          entry(
              "heads",
              "model tokens:id,text provenance heads:layer,head,position,norm,top,target,attends"),
          entry(
              "flow",
              "model tokens:id,text provenance"
                  + " nodes:id,kind,layer,position,head,neuron,label,norm,entropy,target"
                  + " edges:from,to,kind,width,value"),
          entry(
              "compare",
              "model tokens:id,text provenance"
                  + " positions:position,token,before,after,klNats,reverseKlNats,totalVariation,targets"
                  + " before:text,generated after:text,generated sameTokens"),
          entry(
              "ffn",
              "model tokens:id,text provenance"
                  + " layers:layer,position,before,after,subUpdates,residualError events"),
          entry(
              "gradients",
              "model tokens:id,text provenance loss sign"
                  + " matrices:layer,matrix,position,inputNorm,vjpNorm,inputTop,vjpTop,vjpBottom,targetRank"
                  + " ranks:layer,matrix,numericalRank"),
          entry(
              "edit",
              "model tokens:id,text provenance before:text,probability after:text,probability"
                  + " patch metrics"),
          entry("apply", "model written provenance"),
          entry("evaluate-edits", "model metrics:value,low,high,n cases provenance"),
          entry(
              "detox",
              "model baseline:name,toxicity,perplexity rows:name,toxicity,perplexity vectors:neuron"
                  + " interventions provenance"),
          entry(
              "neuron",
              "model tokens:id,text provenance name layer neuron norm values coefficients"),
          entry("events", "model examples saturations eliminations layers:layer provenance"),
          entry(
              "survey",
              "model prompts corpus overlap:layer,heads,rest,values,outputs"
                  + " norms:layer,norm,moved,gain,lose active:layer,neuron,share,vector,top"
                  + " sentences provenance"),
          entry("reproduce", "model checks:name,published,measured,passed written provenance"),
          entry(
              "search",
              "model hits:at,layer,neuron,score,sign,top,norm,words milliseconds provenance"),
          entry("index", "model index:vectors,words,bytes,built folder seconds provenance"),
          entry("clusters", "model clusters:id,size,cohesion,neurons,top provenance"),
          entry(
              "diff",
              "model other matrices:layer,matrix,norm,factors leading control others sentence"
                  + " provenance"),
          entry(
              "invert",
              "model tokens:id,text provenance query convention metric size"
                  + " samples:text,distance,position,logProbability,accepted acceptance"
                  + " features:name,consistency,baseRate"),
          entry("patch", "model grid baselineClean baselineCorrupt metric provenance"),
          entry(
              "trace-values",
              "model tokens:id,text provenance values"
                  + " layers:layer,position,component,value,pearson"),
          entry(
              "move-value",
              "model tokens:id,text provenance curve:multiplier,score,output agreement"),
          entry(
              "separate",
              "model places:at,layer,position,head,separation,invariance,swap provenance"),
          entry("train", "steps loss metrics:value,low,high,n"),
          entry("new", "written family parameters bytes seed dtype"),
          entry("evaluate", "model metrics:value,low,high,n provenance"),
          entry("exit", "model accuracy savedLayers savedSeconds rows:name,accuracy provenance"),
          entry("jobs", "jobs:id,verb,state,progress,submittedAt,result,files,problem"));

  static List<Feature<?, ?>> features() {
    try (var workbench = GoldenBench.open()) {
      return workbench.features().all();
    }
  }

  @ParameterizedTest
  @MethodSource("features")
  void everyNameOfTheContractIsAFieldOfTheResult(Feature<?, ?> feature) {
    var names = NAMES.get(feature.name());

    assertThat(names).as("a row for " + feature.name()).isNotNull();
    for (var name : Objects.requireNonNull(names).split(" ")) {
      var parts = name.split(":");
      var component = component(feature.gives(), parts[0]);
      if (parts.length > 1) {
        assertThat(names(element(component))).contains(parts[1].split(","));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("features")
  void everyResultSaysWhichFormItHasAndWhatItDoesNotCapture(Feature<?, ?> feature) {
    assertThat(feature.gives()).isAssignableTo(Result.class);
  }

  @Test
  void theVerbsThatWriteFilesAreKnown() {
    assertThat(features().stream().map(Feature::verb).filter(Verb::writes).map(Verb::name))
        .containsExactlyInAnyOrder(
            "pull", "activations", "train", "new", "reproduce", "apply", "evaluate-edits");
  }

  @Test
  void aReadingOfAWordHasItsFourNumbersAndATargetItsRank() {
    assertThat(names(TokenReading.class))
        .containsExactlyInAnyOrder(
            "id", "text", "probability", "logit", "z", "special", "underTrained");
    assertThat(names(TargetReading.class))
        .containsExactlyInAnyOrder("id", "text", "probability", "logit", "rank", "z");
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

  /// The record that a component holds, or each element of its list or of its map.
  private static Class<?> element(RecordComponent holder) {
    return holder.getGenericType() instanceof ParameterizedType many
        ? (Class<?>) many.getActualTypeArguments()[many.getActualTypeArguments().length - 1]
        : holder.getType();
  }
}
