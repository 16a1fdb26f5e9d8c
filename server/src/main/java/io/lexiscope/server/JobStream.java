package io.lexiscope.server;

import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.job.JobEvent;
import io.lexiscope.workbench.job.WatchedJob;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Writes the events of one job to one client, in order, as server-sent events.
///
/// The thread that serves the request is the only writer. `id` is the event's sequence number,
/// `event` its type, `data` its record as JSON on one line. A client that lost the stream goes on
/// where it was with `Last-Event-ID`.
final class JobStream {
  /// How often a silent stream looks whether the server is closing.
  private static final Duration LOOK = Duration.ofMillis(250);

  private final WatchedJob job;
  private final Duration heartbeat;
  private final BooleanSupplier closing;

  /// A stream of a job's events.
  ///
  /// @param heartbeat a silent stream carries a comment this often
  /// @param closing whether the server is closing, which ends the stream
  JobStream(WatchedJob job, Duration heartbeat, BooleanSupplier closing) {
    this.job = job;
    this.heartbeat = heartbeat;
    this.closing = closing;
  }

  /// Writes until the job has ended, or the client has left, or the server closes.
  ///
  /// @param response nothing of it written yet
  /// @param from sequence number of the first event wanted
  /// @return whether the client stayed to the end
  /// @throws InterruptedException when the server is closing
  boolean write(HttpServletResponse response, long from) throws InterruptedException {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    try {
      var out = response.getOutputStream();
      out.write(": job ".getBytes(StandardCharsets.UTF_8));
      out.write((job.id() + "\n\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      var next = from;
      var written = System.nanoTime();
      while (!job.hasNoEventsFrom(next) && !closing.getAsBoolean()) {
        var events = job.events(next, LOOK);
        for (var event : events) {
          write(out, event);
          next = event.sequence() + 1;
        }
        var silent = System.nanoTime() - written >= heartbeat.toNanos();
        if (events.isEmpty() && silent) {
          out.write(": waiting\n\n".getBytes(StandardCharsets.UTF_8));
        }
        if (silent || !events.isEmpty()) {
          out.flush();
          written = System.nanoTime();
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void write(OutputStream out, JobEvent event) throws IOException {
    var head =
        "id: "
            + event.sequence()
            + "\nevent: "
            + ViewJson.write(event.type()).replace("\"", "")
            + "\ndata: ";
    out.write(head.getBytes(StandardCharsets.UTF_8));
    out.write(ViewJson.writeBytes(event.data()));
    out.write("\n\n".getBytes(StandardCharsets.UTF_8));
  }
}
