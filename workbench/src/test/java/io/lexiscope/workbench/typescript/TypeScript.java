package io.lexiscope.workbench.typescript;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.Features;
import io.lexiscope.workbench.ask.Problem;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.job.JobEventType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes the TypeScript types of every record that a verb or an event can carry.
final class TypeScript {
  /// Texts of which the page knows which there are.
  private static final Map<String, String> NARROWED = Map.of("JobView.verb", "Verb");

  private final SourceDocs docs;
  private final Features features;
  private final Set<Class<?>> ofRequests = new LinkedHashSet<>();
  private final Set<Class<?>> ofResults = new LinkedHashSet<>();

  TypeScript(SourceDocs docs, Features features) {
    this.docs = docs;
    this.features = features;
    for (var feature : features.all()) {
      collect(feature.asks(), ofRequests);
    }
    for (var feature : features.all()) {
      collect(feature.gives(), ofResults);
    }
    collect(Problem.class, ofResults);
    Arrays.stream(JobEventType.values()).forEach(event -> collect(event.payload(), ofResults));
  }

  /// The whole file.
  String file() {
    var out = new StringBuilder();
    out.append(
        """
        // Generated from the request and result records of io.lexiscope.workbench. Do not edit: the build compares.
        // To write it anew: mvn -q -o -pl workbench -am test -Dtest=TypeScriptTypesTest \
        -Dsurefire.failIfNoSpecifiedTests=false -Dlexiscope.write=true

        /** A number the model produced; null where it is not finite, and then the result's notFinite says where it arose. */
        export type Measured = number | null;
        """);
    var all = new LinkedHashSet<Class<?>>(ofRequests);
    all.addAll(ofResults);
    for (var type : all) {
      out.append('\n').append(type.isEnum() ? enumeration(type) : record(type));
    }
    out.append(
            "\n"
                + "/** What can be asked: the command-line verb, the end of the server's path and"
                + " the pair of records are one. */\n")
        .append(
            features.all().stream()
                .map(feature -> "'" + feature.name() + "'")
                .collect(Collectors.joining(" | ", "export type Verb = ", ";\n")));
    out.append(
        """

        /** %s */
        export interface Result {
          /** %s */
          schemaVersion: number;
          /** %s */
          method: string;
        }

        /** What each verb takes and gives: POST /api/v1/{verb}. */
        export interface Verbs {
        """
            .formatted(
                docs.of(Result.class),
                docs.ofMethod(Result.class, "schemaVersion"),
                docs.ofMethod(Result.class, "method")));
    for (var feature : features.all()) {
      out.append("  /** ").append(feature.verb().about()).append(" */\n");
      out.append(
          "  '%s': { request: %s; result: %s };\n"
              .formatted(
                  feature.name(), feature.asks().getSimpleName(), feature.gives().getSimpleName()));
    }
    out.append("}\n\n/** The data of each kind of event in GET /api/v1/jobs/{id}/events. */\n");
    out.append("export interface JobEvents {\n");
    for (var event : JobEventType.values()) {
      out.append("  /** ")
          .append(docs.ofConstant(JobEventType.class, event.name()))
          .append(" */\n");
      out.append("  %s: %s;\n".formatted(bare(event), event.payload().getSimpleName()));
    }
    return out.append("}\n").toString();
  }

  private static void collect(Type type, Set<Class<?>> into) {
    if (type instanceof ParameterizedType generic) {
      for (var argument : generic.getActualTypeArguments()) {
        collect(argument, into);
      }
    } else if (type instanceof Class<?> known && known.isEnum()) {
      into.add(known);
    } else if (type instanceof Class<?> known && known.isRecord() && into.add(known)) {
      for (var component : known.getRecordComponents()) {
        collect(component.getGenericType(), into);
      }
    }
  }

  private String enumeration(Class<?> type) {
    var constants =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> "'" + bare(constant) + "'")
            .collect(Collectors.joining(" | "));
    return comment("", docs.of(type))
        + "export type "
        + type.getSimpleName()
        + " = "
        + constants
        + ";\n";
  }

  private String record(Class<?> type) {
    var parts = new ArrayList<String>();
    var fields = new LinkedHashMap<String, RecordComponent>();
    for (var component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        parts.add(component.getType().getSimpleName());
      } else {
        fields.put(component.getName(), component);
      }
    }
    var out = new StringBuilder(comment("", docs.of(type)));
    if (parts.isEmpty() && fields.isEmpty()) {
      return out.append("export type %s = Record<string, never>;\n".formatted(type.getSimpleName()))
          .toString();
    }
    if (fields.isEmpty()) {
      return out.append(
              "export type %s = %s;\n".formatted(type.getSimpleName(), String.join(" & ", parts)))
          .toString();
    }
    out.append("export interface ").append(type.getSimpleName());
    out.append(parts.isEmpty() ? " {\n" : " extends " + String.join(", ", parts) + " {\n");
    for (Map.Entry<String, RecordComponent> field : fields.entrySet()) {
      var component = field.getValue();
      var optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      out.append(comment("  ", docs.ofComponent(type, field.getKey())));
      out.append(
          "  %s%s: %s;\n"
              .formatted(
                  field.getKey(),
                  optional ? "?" : "",
                  NARROWED.getOrDefault(
                      type.getSimpleName() + "." + field.getKey(),
                      name(component.getAnnotatedType(), type))));
    }
    return out.append("}\n").toString();
  }

  private String name(AnnotatedType annotated, Class<?> owner) {
    return name(annotated.getType(), owner);
  }

  private String name(Type type, Class<?> owner) {
    if (type instanceof ParameterizedType generic) {
      var arguments =
          Arrays.stream(generic.getActualTypeArguments()).map(a -> name(a, owner)).toList();
      return generic.getRawType() == Map.class
          ? "Record<%s, %s>".formatted(arguments.get(0), arguments.get(1))
          : list(arguments);
    }
    if (type == double.class || type == Double.class) {
      return ofRequests.contains(owner) ? "number" : "Measured";
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    }
    if (type == String.class) {
      return "string";
    }
    if (type == Object.class) {
      return "unknown";
    }
    if (type instanceof Class<?> known && (known.isRecord() || known.isEnum())) {
      return known.getSimpleName();
    }
    throw new IllegalArgumentException(
        "name: expected a record, enum, list, map or plain value, got " + type + " in " + owner);
  }

  private static String list(List<String> arguments) {
    return arguments.getFirst() + "[]";
  }

  private static String bare(Object constant) {
    return ViewJson.write(constant).replace("\"", "");
  }

  private static String comment(String indent, String text) {
    return text.isEmpty() ? "" : indent + "/** " + text.replace("`", "") + " */\n";
  }
}
