package io.lexiscope.cli.terminal;

import io.lexiscope.base.PlainText;
import io.lexiscope.workbench.ask.InterventionFile;
import io.lexiscope.workbench.ask.InterventionKind;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is changed while the model computes.
public final class InterventionOptions {
  @Option(
      names = "--intervene",
      paramLabel = "FILE",
      description =
          "compute under the interventions of a JSON file; may be given several times, in order")
  private @Nullable List<Path> files;

  /// The interventions of all files, in order; null when there is no file.
  public @Nullable List<InterventionSpec> specs() {
    if (files == null) {
      return null;
    }
    List<InterventionSpec> all = new ArrayList<>();
    files.forEach(file -> all.addAll(read(file)));
    return all;
  }

  /// A saved file, a list of interventions, or a single one.
  private static List<InterventionSpec> read(Path file) {
    String json = PromptOptions.read(file);
    try {
      // Read by itself first, so that the place of a slip is one in the file.
      Object tree = ViewJson.read(json, Object.class);
      if (tree instanceof Map<?, ?> object && !object.containsKey("kind")) {
        return ViewJson.read(json, InterventionFile.class).interventions();
      }
      String list = json.stripLeading().startsWith("[") ? json : "[" + json + "]";
      return ViewJson.read("{\"interventions\":" + list + "}", BareList.class).interventions();
    } catch (WorkbenchException wrong) {
      throw new UsageException("--intervene " + file + ": " + wrong.getMessage());
    }
  }

  /// The intervention of an option such as `L3N12=4`, `L2H1=mean`, `blocks.3.hook_out=0`,
  /// `L3N12=4@-1` or `L3N12=4@steps 2-5`.
  public static InterventionSpec setting(String setting) {
    int equals = setting.indexOf('=');
    int at = setting.indexOf('@');
    int end = at < 0 ? setting.length() : at;
    String number = equals < 0 || end < equals ? "" : setting.substring(equals + 1, end).strip();
    boolean mean = number.equals("mean");
    try {
      if (equals > 0) {
        var everywhere =
            InterventionSpec.on(
                setting.substring(0, equals),
                mean ? InterventionKind.MEAN : InterventionKind.SET,
                mean ? null : (Double) PlainText.decimal(number));
        return at < 0 ? everywhere : everywhere.only(setting.substring(at + 1));
      }
    } catch (NumberFormatException notANumber) {
      // Refused below, with what was expected.
    } catch (WorkbenchException noPlace) {
      throw new UsageException("--set " + setting + ": " + noPlace.getMessage());
    }
    throw new UsageException(
        "--set: expected a place and a number or mean, such as L3N12=4 or L2H1=mean, got '"
            + setting
            + "'");
  }

  private record BareList(List<InterventionSpec> interventions) {}
}
