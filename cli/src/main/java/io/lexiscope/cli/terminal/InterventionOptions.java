package io.lexiscope.cli.terminal;

import io.lexiscope.workbench.ask.InterventionFile;
import io.lexiscope.workbench.ask.InterventionKind;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is changed while the model computes.
public final class InterventionOptions {
  private static final Pattern HEAD = Pattern.compile("L\\d+H\\d+");

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

  /// The intervention of an option such as `L3N12=4`, `L2H1=0` or `L2H1=mean`.
  public static InterventionSpec setting(String setting) {
    int equals = setting.indexOf('=');
    try {
      if (equals > 0) {
        List<String> name = List.of(setting.substring(0, equals).strip());
        String number = setting.substring(equals + 1).strip();
        boolean head = HEAD.matcher(name.getFirst()).matches();
        InterventionKind kind =
            number.equals("mean") ? InterventionKind.MEAN : InterventionKind.SET;
        Double value = number.equals("mean") ? null : Double.valueOf(number);
        return head
            ? InterventionSpec.heads(name, kind, value)
            : InterventionSpec.neurons(name, kind, value);
      }
    } catch (NumberFormatException notANumber) {
      // Refused below, with what was expected.
    }
    throw new UsageException(
        "--set: expected a neuron or a head and a number or mean, such as L3N12=4 or L2H1=mean, got '"
            + setting
            + "'");
  }

  private record BareList(List<InterventionSpec> interventions) {}
}
