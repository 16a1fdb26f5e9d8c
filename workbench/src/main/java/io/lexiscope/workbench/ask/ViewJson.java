package io.lexiscope.workbench.ask;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lexiscope.base.OneLine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/// Writes view records as JSON and reads them back, by one set of rules for command line, server
/// and files.
///
/// An absent optional value is left out. A number that is not finite is `null`, and `null` reads as
/// NaN where a number must stand. A number that is exactly a float is written with the digits of a
/// float. An enum constant is its name in lower camel case, if it has no other. A text is no number
/// and no flag, and neither is a text; a choice is named and not counted. A single value is taken
/// for a list of one. A field that no record knows is refused by name.
public final class ViewJson {
  private static final JsonMapper MAPPER = mapper();

  private ViewJson() {}

  /// The JSON of a view record, on one line.
  public static String write(Object view) {
    return MAPPER.writeValueAsString(view);
  }

  /// The JSON of a view record, UTF-8, on one line.
  public static byte[] writeBytes(Object view) {
    return MAPPER.writeValueAsBytes(view);
  }

  /// The JSON of a view record, indented.
  public static String writePretty(Object view) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(view);
  }

  /// Reads a view record.
  ///
  /// @param json the JSON text
  /// @param type the record
  /// @throws WorkbenchException of kind `malformed` when it is not JSON, `invalid` when it is not
  ///   of the record's form
  public static <T> T read(String json, Class<T> type) {
    return read(json.getBytes(StandardCharsets.UTF_8), type);
  }

  /// Reads a view record.
  ///
  /// @param json the JSON text, UTF-8
  /// @param type the record
  /// @throws WorkbenchException of kind `malformed` when it is not JSON, `invalid` when it is not
  ///   of the record's form
  public static <T> T read(byte[] json, Class<T> type) {
    var tree = tree(json);
    RecordForm.check(tree, type);
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JacksonException e) {
      throw wrongForm(e, tree);
    }
  }

  private static JsonNode tree(byte[] json) {
    try {
      var tree = MAPPER.readTree(json);
      requireWholeCharacters(tree, "");
      if (tree == null || tree.isMissingNode() || tree.isNull()) {
        throw new WorkbenchException(
            ProblemKind.MALFORMED, "read: expected a JSON object, got nothing; send {…}");
      }
      return tree;
    } catch (JacksonException e) {
      var at = e.getLocation();
      var place =
          at == null ? "its start" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw new WorkbenchException(
          ProblemKind.MALFORMED,
          "read: expected JSON, got something else at "
              + place
              + ": "
              + firstLine(e.getOriginalMessage()),
          /* field= */ null,
          e);
    }
  }

  /// Half of a surrogate pair is no character, and would be read as another.
  private static void requireWholeCharacters(@Nullable JsonNode node, String field) {
    if (node == null) {
      return;
    }
    if (node.isString() && hasHalves(node.asString())) {
      throw WorkbenchException.misuse(
          field,
          "read: expected whole characters in field "
              + field
              + ", got half of a surrogate pair; send both halves, or the character itself");
    }
    if (node.isArray()) {
      node.forEach(element -> requireWholeCharacters(element, field));
    }
    if (node.isObject()) {
      node.properties()
          .forEach(
              property ->
                  requireWholeCharacters(
                      property.getValue(), field.isEmpty() ? property.getKey() : field));
    }
  }

  private static boolean hasHalves(String text) {
    return text.codePoints()
        .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }

  private static WorkbenchException wrongForm(JacksonException e, JsonNode tree) {
    if (e.getCause() instanceof WorkbenchException refusedByRecord) {
      return refusedByRecord;
    }
    var path =
        e.getPath().stream()
            .map(
                reference ->
                    reference.getPropertyName() == null
                        ? "[" + reference.getIndex() + "]"
                        : reference.getPropertyName())
            .collect(Collectors.joining("."))
            .replace(".[", "[");
    var expected =
        e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
            ? name(mismatch.getTargetType())
            : "another value";
    var got =
        e instanceof InvalidFormatException format
            ? String.valueOf(format.getValue())
            : given(e, tree);
    return new WorkbenchException(
        ProblemKind.INVALID,
        "read: expected "
            + expected
            + (path.isEmpty() ? "" : " in field " + path)
            + ", got "
            + (got.length() > 80 ? got.substring(0, 80) + "…" : got),
        path.isEmpty() ? null : path,
        e);
  }

  /// What stands where a record has something else.
  private static String given(JacksonException e, JsonNode tree) {
    JsonNode there = tree;
    for (var reference : e.getPath()) {
      String name = reference.getPropertyName();
      there = name == null ? there.path(reference.getIndex()) : there.path(name);
    }
    if (there.isString()) {
      return there.asString();
    }
    return there.isValueNode()
        ? there.toString()
        : there.isArray() ? "a list" : there.isObject() ? "an object" : "something else";
  }

  private static String name(Class<?> type) {
    if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
      return "a whole number";
    }
    if (type == Double.class || type == double.class) {
      return "a number";
    }
    if (type == String.class) {
      return "a text";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> write(constant).replace("\"", ""))
              .collect(Collectors.joining(", "));
    }
    return "an object";
  }

  private static String firstLine(String text) {
    return OneLine.of(text)
        .replaceFirst(" \\((for|bound as|start marker at) .*", "")
        .replaceAll("JsonToken\\.", "");
  }

  private static JsonMapper mapper() {
    var numbers = new SimpleModule("lexiscope-numbers");
    numbers.addSerializer(Double.class, new FiniteSerializer());
    numbers.addSerializer(double.class, new FiniteSerializer());
    numbers.addDeserializer(double.class, new NullIsNan());
    var factory =
        JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build())
            .build();
    return JsonMapper.builder(factory)
        .addModule(numbers)
        .annotationIntrospector(new CamelCaseEnums())
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfigDefaults(
            strict ->
                strict
                    .setAcceptBlankAsEmpty(false)
                    .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
        .withCoercionConfig(
            LogicalType.Textual,
            strict ->
                strict
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
        .build();
  }

  /// Constants are written in lower camel case, whether the enum is of the workbench or of the
  /// library, where it knows nothing of JSON.
  private static final class CamelCaseEnums extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Object findEnumNamingStrategy(MapperConfig<?> config, AnnotatedClass type) {
      return EnumNamingStrategies.LowerCamelCaseStrategy.class;
    }
  }

  private static final class FiniteSerializer extends ValueSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator json, SerializationContext context) {
      var number = value.doubleValue();
      if (!Double.isFinite(number)) {
        json.writeNull();
      } else if (number == Math.rint(number) && Math.abs(number) < 1e9) {
        json.writeNumber((long) number);
      } else if ((double) (float) number == number) {
        json.writeNumber((float) number);
      } else {
        json.writeNumber(number);
      }
    }
  }

  private static final class NullIsNan extends ValueDeserializer<Double> {
    @Override
    public Double deserialize(JsonParser json, DeserializationContext context) {
      return json.getDoubleValue();
    }

    @Override
    public Double getNullValue(DeserializationContext context) {
      return Double.NaN;
    }

    @Override
    public Double getAbsentValue(DeserializationContext context) {
      return context.reportInputMismatch(Double.class, "a number is required");
    }
  }
}
