package io.lexiscope.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.hub.find.ModelPlaces;
import io.lexiscope.workbench.WorkLimits;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.WorkbenchSettings;
import io.lexiscope.workbench.shelf.Build;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What `scripts/load.sh` asks of a server for real, on a smaller scale.
@Timeout(600)
class LoadTest {
  private static final Path MODELS = Path.of("../models");

  @TempDir private Path page;
  @TempDir private Path cache;

  @Test
  void manyClientsWithJobsAmongThemGetTheAnswersOfOne() throws Exception {
    var places = new ModelPlaces(MODELS, List.of(), cache.resolve("hub"), "microworld");
    var settings = new WorkbenchSettings(places, new Build("0", "25"), WorkLimits.standard());
    try (var workbench = Workbench.open(settings);
        var server = LexiscopeServer.start(ServerConfig.loopback(/* port= */ 0, page), workbench)) {
      var report =
          Load.run(
              URI.create(server.url()),
              /* token= */ "-",
              /* clients= */ 16,
              /* requests= */ 300,
              /* process= */ 0,
              Load.standard());

      assertThat(report.examples()).isEmpty();
      assertThat(report.wrong()).isZero();
      assertThat(report.lost()).isZero();
      assertThat(report.jobs()).isPositive();
      assertThat(report.slowestHealth()).isLessThan(1000);
    }
  }
}
