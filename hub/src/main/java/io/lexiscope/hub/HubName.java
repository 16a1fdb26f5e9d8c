package io.lexiscope.hub;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A model on a hub at a revision.
///
/// @param id `name` or `org/name`
/// @param revision a branch, tag or commit
public record HubName(String id, String revision) {
  /// The branch that is meant when none is named.
  public static final String MAIN = "main";

  private static final int LONGEST = 200;
  private static final String PART = "[A-Za-z0-9_](?:[\\w.-]*[\\w-])?";
  private static final Pattern ID = Pattern.compile("(?:" + PART + "/)?" + PART);
  private static final Pattern REVISION = Pattern.compile("[\\w.+-]+(?:/[\\w.+-]+)*");

  /// Checks both; neither can lead out of the cache folder.
  ///
  /// @throws HubException of kind `INVALID` when one has a form that no hub knows
  public HubName {
    if (!isId(id)) {
      throw HubException.invalid(
          "id", "hub: expected a model id such as org/name, got " + shown(id));
    }
    if (!isRevision(revision)) {
      throw HubException.invalid(
          "revision", "hub: expected a branch, tag or commit, got " + shown(revision));
    }
  }

  /// A name from what people write.
  ///
  /// @param written `name`, `org/name`, or either with `@revision`
  /// @param revision a branch, tag or commit; null when `written` names it or none is named
  /// @throws HubException of kind `INVALID` when it is not of that form
  public static HubName of(String written, @Nullable String revision) {
    var at = written.indexOf('@');
    if (at < 0) {
      return new HubName(written, revision == null ? MAIN : revision);
    }
    var within = written.substring(at + 1);
    if (revision != null && !revision.equals(within)) {
      throw HubException.invalid(
          "revision",
          "hub: expected one revision, got " + shown(within) + " and " + shown(revision));
    }
    return new HubName(written.substring(0, at), within);
  }

  /// A name from what people write, if it is of the form of one.
  ///
  /// @param written `name`, `org/name`, or either with `@revision`
  public static Optional<HubName> parse(String written) {
    var at = written.indexOf('@');
    var id = at < 0 ? written : written.substring(0, at);
    var revision = at < 0 ? MAIN : written.substring(at + 1);
    return isId(id) && isRevision(revision)
        ? Optional.of(new HubName(id, revision))
        : Optional.empty();
  }

  /// What opens the model: the id, with the revision when it is not `main`.
  public String written() {
    return revision.equals(MAIN) ? id : id + "@" + revision;
  }

  private static boolean isId(String id) {
    return id.length() <= LONGEST
        && ID.matcher(id).matches()
        && !id.contains("--")
        && !id.contains("..");
  }

  private static boolean isRevision(String revision) {
    return revision.length() <= LONGEST
        && REVISION.matcher(revision).matches()
        && !revision.contains("..")
        && !revision.startsWith(".")
        && !revision.contains("/.")
        && !revision.endsWith(".lock");
  }

  static String shown(String text) {
    var line = text.replaceAll("\\p{Cntrl}", " ");
    return line.isBlank()
        ? "an empty text"
        : line.length() > 80 ? line.substring(0, 80) + "…" : line;
  }
}
