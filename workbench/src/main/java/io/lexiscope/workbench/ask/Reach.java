package io.lexiscope.workbench.ask;

import io.lexiscope.base.OneLine;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which files a request may name: all for whoever sits at the command line, those below some
/// folders for whoever asks from elsewhere.
///
/// Links are followed before a path is compared, and a request goes on with the path that was
/// compared, so that a link that is turned since leads nowhere else. A file that is not to be
/// reached is refused with the same words whether it is there or not.
public final class Reach {
  private static final Reach EVERYTHING = new Reach(List.of(), List.of(), null, name -> true);

  private final List<Path> models;
  private final List<Path> data;
  private final @Nullable Path outputs;
  private final Predicate<String> named;

  private Reach(
      List<Path> models, List<Path> data, @Nullable Path outputs, Predicate<String> named) {
    this.models = List.copyOf(models);
    this.data = List.copyOf(data);
    this.outputs = outputs;
    this.named = named;
  }

  /// Every file that the process can open.
  public static Reach everything() {
    return EVERYTHING;
  }

  /// Files below folders.
  ///
  /// @param models folders of models, and models; read
  /// @param data folders of texts and other data; read
  /// @param outputs the folder that is written to; made when it is needed
  /// @param named whether a text is the name of something that comes with the program
  public static Reach below(
      List<Path> models, List<Path> data, Path outputs, Predicate<String> named) {
    return new Reach(models, data, outputs, named);
  }

  /// Whether a model may be opened from a folder or file. What lies in a folder must not lead out
  /// either, unless the folder itself was named at the start.
  public boolean holdsModel(Path place) {
    return outputs == null || isNamed(place) || isWholeBelow(place, readable());
  }

  private boolean isNamed(Path place) {
    return models.stream().anyMatch(root -> isSame(root, place));
  }

  /// What may be read as a model: one that was trained or made here, too.
  private List<Path> readable() {
    List<Path> all = new ArrayList<>(models);
    if (outputs != null) {
      all.add(outputs);
    }
    return all;
  }

  /// A request with its paths as they are once links are followed.
  ///
  /// @throws WorkbenchException of kind `forbidden` when it names a file that is not to be reached
  public <Q extends Request<?>> Q admit(String verb, Q request) {
    if (outputs == null) {
      return request;
    }
    @SuppressWarnings("unchecked") // a record is made anew of its own components
    var admitted = (Q) admitRecord(verb, (Record) request);
    return admitted;
  }

  private Record admitRecord(String verb, Record record) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    @Nullable Object[] values = new Object[components.length];
    boolean changed = false;
    for (int i = 0; i < components.length; i++) {
      Object value = value(components[i], record);
      values[i] = admitValue(verb, components[i], value);
      changed |= !Objects.equals(values[i], value);
    }
    return changed ? made(record.getClass(), components, values) : record;
  }

  private @Nullable Object admitValue(
      String verb, RecordComponent component, @Nullable Object value) {
    var file = component.getAnnotation(NamesFile.class);
    if (file != null && value instanceof String name) {
      return switch (file.value()) {
        case DATA -> read(verb, component.getName(), name);
        case NAME_OR_DATA -> named.test(name) ? name : read(verb, component.getName(), name);
        case OUTPUT -> written(verb, component.getName(), name, /* mayBeThere= */ false);
        case WORK_FOLDER -> written(verb, component.getName(), name, /* mayBeThere= */ true);
      };
    }
    return value instanceof Record part ? admitRecord(verb, part) : value;
  }

  private String read(String verb, String field, String name) {
    List<Path> roots = new ArrayList<>(data);
    roots.addAll(readable());
    for (Path root : roots) {
      var real = real(root, name).filter(path -> isWholeBelow(path, roots));
      if (real.isPresent()) {
        return real.get().toString();
      }
    }
    throw refused(
        verb,
        field,
        "a file below the folders of data or models that the server was started with",
        name,
        "move it there, or start the server with --data-root FOLDER");
  }

  private String written(String verb, String field, String name, boolean mayBeThere) {
    var root = outputRoot(verb, field);
    var target = place(root, name);
    if (target.isEmpty()) {
      throw refused(
          verb,
          field,
          "a name in the folder for outputs, " + root,
          name,
          "give one, or start the server with --outputs FOLDER");
    }
    boolean isThere = Files.exists(target.get(), LinkOption.NOFOLLOW_LINKS);
    if (isThere && !(mayBeThere && Files.isDirectory(target.get(), LinkOption.NOFOLLOW_LINKS))) {
      throw refused(
          verb, field, "a name that is not taken", name, "nothing is overwritten; choose another");
    }
    return target.get().toString();
  }

  /// The place of a name in a folder, whose own folder must be there.
  private static Optional<Path> place(Path root, String name) {
    try {
      var target = root.resolve(name).normalize();
      var parent = target.getParent();
      var last = target.getFileName();
      if (name.isBlank() || parent == null || last == null || target.equals(root)) {
        return Optional.empty();
      }
      var real = parent.toRealPath();
      return real.startsWith(root) ? Optional.of(real.resolve(last)) : Optional.empty();
    } catch (IOException | InvalidPathException nowhere) {
      return Optional.empty();
    }
  }

  private Path outputRoot(String verb, String field) {
    try {
      return Files.createDirectories(Objects.requireNonNull(outputs)).toRealPath();
    } catch (IOException unwritable) {
      throw new WorkbenchException(
          ProblemKind.INVALID,
          "%s: expected to make the folder for outputs, got %s at %s"
              .formatted(verb, OneLine.of(unwritable), outputs),
          field,
          unwritable);
    }
  }

  private static WorkbenchException refused(
      String verb, String field, String expected, String got, String advice) {
    return new WorkbenchException(
        ProblemKind.FORBIDDEN,
        "%s: expected %s in %s, got %s; %s"
            .formatted(verb, expected, field, got.isBlank() ? "an empty name" : got, advice),
        field,
        /* cause= */ null);
  }

  /// Whether a file, or a folder and each file in it, lies below one of some folders once links are
  /// followed.
  private static boolean isWholeBelow(Path place, List<Path> roots) {
    if (!isBelow(place, roots)) {
      return false;
    }
    if (!Files.isDirectory(place)) {
      return Files.isRegularFile(place);
    }
    try (var files = Files.list(place)) {
      return files.allMatch(file -> isBelow(file, roots));
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static boolean isBelow(Path place, List<Path> roots) {
    try {
      var real = place.toRealPath();
      for (Path root : roots) {
        if (Files.exists(root) && real.startsWith(root.toRealPath())) {
          return true;
        }
      }
      return false;
    } catch (IOException unreachable) {
      return false;
    }
  }

  private static boolean isSame(Path root, Path place) {
    try {
      return Files.isSameFile(root, place);
    } catch (IOException absent) {
      return false;
    }
  }

  private static Optional<Path> real(Path root, String name) {
    if (name.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(root.resolve(name).toRealPath());
    } catch (IOException | InvalidPathException none) {
      return Optional.empty();
    }
  }

  private static @Nullable Object value(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(
          "reach: expected to read %s of %s".formatted(component.getName(), record.getClass()), e);
    }
  }

  private static Record made(
      Class<? extends Record> type, RecordComponent[] components, @Nullable Object[] values) {
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("reach: expected to make a " + type.getName(), e);
    }
  }
}
