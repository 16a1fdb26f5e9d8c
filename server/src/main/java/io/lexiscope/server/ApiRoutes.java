package io.lexiscope.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Job;
import io.lexiscope.workbench.job.JobsRequest;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.WatchedJob;
import io.lexiscope.workbench.models.HealthRequest;
import io.lexiscope.workbench.models.ModelsRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The endpoints under `/api/v1`: each reads a request record, has the workbench answer it, and
/// writes the result record.
final class ApiRoutes {
  private final Workbench workbench;
  private final ServerLimits limits;
  private final boolean writes;
  private final Set<Job> waitedFor = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  ApiRoutes(Workbench workbench, ServerConfig config) {
    this.workbench = workbench;
    this.limits = config.limits();
    this.writes = config.limits().writes();
  }

  /// `POST /api/v1/{verb}`: waits and answers; as events when the client accepts
  /// `text/event-stream`, a result that has a table as CSV when it accepts `text/csv`; a result
  /// that has several, the one named by `?table=`. The work is cancelled when the client leaves.
  void ask(Context context) throws IOException, InterruptedException {
    var request = request(context);
    if (accepts(context, "text/event-stream")) {
      stream(context, request);
    } else {
      answer(context, request);
    }
  }

  /// `GET /api/v1/health`.
  void health(Context context) throws InterruptedException {
    answer(context, new HealthRequest());
  }

  /// `GET /api/v1/models`.
  void models(Context context) throws InterruptedException {
    answer(context, new ModelsRequest());
  }

  /// `GET /api/v1/jobs`.
  void jobs(Context context) {
    json(context, 200, workbench.answer(new JobsRequest()));
  }

  /// `POST /api/v1/jobs/{verb}`: accepts the work and answers at once with its job.
  void submit(Context context) throws IOException {
    requireOpen();
    var job = workbench.submit(request(context));
    var id = FailureLog.id(context);
    job.whenMistaken(thrown -> FailureLog.write(id, job.id(), job.verb(), thrown));
    context.header("Location", "/api/v1/jobs/" + job.id());
    json(context, 202, job.view(/* withResult= */ false));
  }

  /// `POST /api/v1/jobs/{id}/resume`: goes on with a job that ended without a result, and answers
  /// at once with it.
  void resume(Context context) {
    requireOpen();
    var id = context.pathParam("id");
    var before = find(context).view(/* withResult= */ false);
    var feature = workbench.features().named(before.verb()).orElseThrow(() -> unknown(id));
    requireLeave(feature);
    var job = workbench.resume(id, request -> requireLeave(feature.name(), request));
    json(context, 202, job.view(/* withResult= */ false));
  }

  /// `GET /api/v1/jobs/{id}`.
  void job(Context context) {
    json(context, 200, find(context).view(/* withResult= */ true));
  }

  /// `DELETE /api/v1/jobs/{id}`: asks the job to stop and answers at once; it stops at its next
  /// check.
  void cancel(Context context) {
    var job = find(context);
    job.cancel();
    json(context, 200, job.view(/* withResult= */ false));
  }

  /// `GET /api/v1/jobs/{id}/events`: the job's events from its first, or from after
  /// `Last-Event-ID`; the job goes on when the client leaves.
  void events(Context context) throws InterruptedException {
    streamOf(find(context)).write(context.res(), firstWanted(context));
  }

  /// `GET /api/v1/jobs/{id}/files/{name}`: one of the files that the job offers, to be saved rather
  /// than shown.
  void file(Context context) {
    var name = context.pathParam("name");
    var file = find(context).file(name);
    // A page that a job wrote must not run as one of ours.
    context.header(
        "Content-Disposition",
        "attachment; filename*=UTF-8''" + URLEncoder.encode(name, UTF_8).replace("+", "%20"));
    context.header("Cache-Control", "no-store");
    context.contentType(file.file().type()).result(file.open());
  }

  /// A `GET` of a path under `/api/` that no other method here takes.
  void nothing(Context context) {
    var name = context.path().substring(context.path().lastIndexOf('/') + 1);
    if (workbench.features().named(name).isPresent()) {
      throw new WorkbenchException(
          ProblemKind.METHOD_NOT_ALLOWED,
          "request: expected POST of a JSON request to " + context.path() + ", got GET");
    }
    throw new WorkbenchException(
        ProblemKind.NOT_FOUND,
        "request: expected a path such as /api/v1/info, got " + context.path());
  }

  /// Takes no more work and ends what clients wait for, so that their threads come back.
  void close() {
    closing = true;
    waitedFor.forEach(Job::cancel);
  }

  private Job begin(Request<?> request) {
    requireOpen();
    var job = workbench.submitAndWait(request);
    waitedFor.add(job);
    if (closing) {
      job.cancel();
    }
    return job;
  }

  private void end(Job job) {
    job.cancel();
    waitedFor.remove(job);
    workbench.forget(job);
  }

  private void requireOpen() {
    if (closing) {
      throw new WorkbenchException(ProblemKind.BUSY, "request: the server is closing");
    }
  }

  private JobStream streamOf(WatchedJob job) {
    return new JobStream(job, limits.heartbeat(), () -> closing);
  }

  private void answer(Context context, Request<?> request) throws InterruptedException {
    var job = begin(request);
    var watch = ClientWatch.on(context.req(), job::cancel);
    boolean closeAfter;
    Record result;
    Optional<ResultFile> table;
    try {
      result = await(job);
      table =
          accepts(context, "text/csv") ? table(job, context.queryParam("table")) : Optional.empty();
    } finally {
      closeAfter = watch.close();
      if (closeAfter) {
        context.header("Connection", "close");
      }
      end(job);
    }
    if (table.isPresent()) {
      context.contentType(table.get().file().type());
      context.header("Cache-Control", "no-store");
      context.result(table.get().open());
    } else {
      json(context, 200, result);
    }
  }

  /// The table of a name, or the first where none is named.
  private static Optional<ResultFile> table(Job job, @Nullable String name) {
    return job.files().stream()
        .filter(ResultFile::isTable)
        .filter(file -> name == null || file.file().name().equals(name))
        .findFirst();
  }

  /// The result of a job; one that was cancelled because the server closes could be asked for
  /// again.
  private Record await(Job job) throws InterruptedException {
    try {
      return job.await();
    } catch (WorkbenchException e) {
      if (e.kind() == ProblemKind.CANCELLED) {
        requireOpen();
      }
      throw e;
    }
  }

  private void stream(Context context, Request<?> request) throws InterruptedException {
    var job = begin(request);
    var id = FailureLog.id(context);
    job.whenMistaken(thrown -> FailureLog.write(id, job.id(), job.verb(), thrown));
    var watch = ClientWatch.on(context.req(), job::cancel);
    try {
      streamOf(job).write(context.res(), /* from= */ 0);
    } finally {
      watch.close();
      end(job);
    }
  }

  private Request<?> request(Context context) throws IOException {
    var name = context.pathParam("verb");
    var feature = workbench.features().named(name).orElseThrow(() -> unknown(name));
    requireLeave(feature);
    var type = context.contentType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new WorkbenchException(
          ProblemKind.UNSUPPORTED_MEDIA_TYPE,
          "request: expected Content-Type: application/json, got "
              + (type == null ? "none" : type));
    }
    Request<?> request = ViewJson.read(body(context), feature.asks());
    requireLeave(name, request);
    return request;
  }

  private void requireLeave(String name, Request<?> request) {
    if (request.replaces()) {
      requireWrites(name);
    }
  }

  private void requireLeave(Feature<?, ?> feature) {
    if (feature.verb().writes()) {
      requireWrites(feature.name());
    }
  }

  private void requireWrites(String name) {
    if (!writes) {
      throw new WorkbenchException(
          ProblemKind.FORBIDDEN,
          name
              + ": expected a server with leave to write files, got one without; start it with"
              + " --allow-writes, or run lexiscope "
              + name
              + " on its machine");
    }
  }

  private WorkbenchException unknown(String name) {
    return new WorkbenchException(
        ProblemKind.NOT_FOUND,
        "request: expected one of the verbs "
            + workbench.features().all().stream()
                .map(Feature::name)
                .collect(Collectors.joining(", "))
            + ", got "
            + name);
  }

  private byte[] body(Context context) throws IOException {
    int limit = limits.requestBytes();
    boolean fits = context.req().getContentLengthLong() <= limit;
    byte[] body = fits ? context.req().getInputStream().readNBytes(limit + 1) : new byte[0];
    if (!fits || body.length > limit) {
      throw new WorkbenchException(
          ProblemKind.TOO_LARGE,
          "request: expected a body of at most "
              + limit
              + " bytes, got more; send less text at once");
    }
    return body;
  }

  private WatchedJob find(Context context) {
    var id = context.pathParam("id");
    return workbench
        .job(id)
        .orElseThrow(
            () ->
                new WorkbenchException(
                    ProblemKind.NOT_FOUND,
                    "job: expected the id of a job, got "
                        + id
                        + "; finished jobs are forgotten when newer ones have finished"));
  }

  private static long firstWanted(Context context) {
    var last = context.header("Last-Event-ID");
    try {
      return last == null ? 0 : Math.max(0, Long.parseLong(last.strip()) + 1);
    } catch (NumberFormatException e) {
      throw new WorkbenchException(
          ProblemKind.MALFORMED,
          "events: expected a whole number in Last-Event-ID, got " + last,
          "Last-Event-ID",
          e);
    }
  }

  private static boolean accepts(Context context, String type) {
    var accept = context.header("Accept");
    return accept != null && accept.contains(type);
  }

  private static void json(Context context, int status, Record view) {
    context.status(status).contentType("application/json");
    context.header("Cache-Control", "no-store");
    context.result(ViewJson.writeBytes(view));
  }
}
