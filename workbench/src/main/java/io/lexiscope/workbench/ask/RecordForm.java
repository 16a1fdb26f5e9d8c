package io.lexiscope.workbench.ask;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Refuses JSON with a field that a record does not have, or without one that it must have.
final class RecordForm {
  private RecordForm() {}

  /// Checks an object against a record and the records it holds; other JSON and other types pass.
  ///
  /// @throws WorkbenchException of kind `invalid` that names the first field that is unknown or
  ///   missing
  static void check(JsonNode json, Class<?> type) {
    check(json, type, "");
  }

  private static void check(JsonNode json, Class<?> type, String path) {
    if (!json.isObject() || !type.isRecord()) {
      return;
    }
    var known = new TreeSet<String>();
    collect(type, known);
    for (var name : json.propertyNames()) {
      if (!known.contains(name)) {
        throw WorkbenchException.invalid(
            name,
            "read: expected "
                + (known.isEmpty() ? "no fields" : "one of the fields " + String.join(", ", known))
                + ", got "
                + name
                + at(path));
      }
    }
    required(json, type, path);
  }

  private static void collect(Class<?> type, Set<String> names) {
    if (Result.class.isAssignableFrom(type)) {
      names.addAll(List.of("schemaVersion", "method"));
    }
    for (var component : type.getRecordComponents()) {
      var accessor = component.getAccessor();
      if (accessor.isAnnotationPresent(JsonUnwrapped.class)) {
        collect(component.getType(), names);
        continue;
      }
      names.add(component.getName());
      var alias = accessor.getAnnotation(JsonAlias.class);
      if (alias != null) {
        names.addAll(List.of(alias.value()));
      }
    }
  }

  private static void required(JsonNode json, Class<?> type, String path) {
    for (var component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        required(json, component.getType(), path);
        continue;
      }
      var name = component.getName();
      var value = json.get(name);
      if (value != null && !value.isNull()) {
        inside(value, component, path.isEmpty() ? name : path + "." + name);
      } else if (isRequired(component)) {
        throw WorkbenchException.invalid(
            name, "read: expected the field " + name + ", got none" + at(path));
      }
    }
  }

  private static void inside(JsonNode value, RecordComponent component, String path) {
    if (component.getGenericType() instanceof ParameterizedType list
        && list.getRawType() == List.class
        && list.getActualTypeArguments()[0] instanceof Class<?> element) {
      if (value.isObject() && isPlain(element)) {
        throw WorkbenchException.invalid(
            component.getName(), "read: expected a list in field " + path + ", got an object");
      }
      if (!value.isArray()) {
        check(value, element, path);
        return;
      }
      for (int i = 0; i < value.size(); i++) {
        if (value.get(i).isNull()) {
          throw WorkbenchException.invalid(
              component.getName(),
              "read: expected values in the list " + component.getName() + ", got null");
        }
        check(value.get(i), element, path + "[" + i + "]");
      }
    } else {
      check(value, component.getType(), path);
    }
  }

  private static boolean isPlain(Class<?> type) {
    return !type.isRecord() && type != Object.class;
  }

  private static String at(String path) {
    return path.isEmpty() ? "" : " in " + path;
  }

  private static boolean isRequired(RecordComponent component) {
    return !component.getType().isPrimitive()
        && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }
}
