package io.lexiscope.workbench.job;

import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ask.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Asks for a verb of the tests that makes parts, a file each, one after the other.
///
/// @param folder of the parts
/// @param parts how many
/// @param milliseconds that one takes
/// @param again whether to go on after the parts there are
public record PartsRequest(String folder, int parts, int milliseconds, @Nullable Boolean again)
    implements Request<PartsRequest.PartsResult> {

  /// @param made parts made for this request
  /// @param ratio not a number, as a result may hold one
  public record PartsResult(int made, double ratio) implements Result {
    @Override
    public String method() {
      return "Counts.";
    }
  }

  public static Feature<PartsRequest, PartsResult> feature() {
    return new Feature<>(Verb.reads("parts", "A test's."), PartsRequest.class, PartsRequest::answer)
        .lasting(
            new Lasting.Resumable<>(
                PartsRequest::folder,
                request ->
                    new PartsRequest(
                        request.folder, request.parts, request.milliseconds, /* again= */ true)));
  }

  private static PartsResult answer(PartsRequest request, Work work) {
    int made = 0;
    try {
      for (int part = 0; part < request.parts; part++) {
        Path file = Path.of(request.folder).resolve(String.valueOf(part));
        if (!Boolean.TRUE.equals(request.again) || !Files.exists(file)) {
          Thread.sleep(request.milliseconds);
          Files.createFile(file);
          made++;
        }
        work.progress(part + 1, request.parts, "parts");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new PartsResult(made, Double.NaN);
  }
}
