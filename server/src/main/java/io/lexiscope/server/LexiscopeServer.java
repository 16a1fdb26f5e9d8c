package io.lexiscope.server;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.Problem;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;

/// The workbench on an address of this machine.
///
/// ```java
/// try (var server = LexiscopeServer.start(ServerConfig.loopback(0, page), workbench)) {
///   System.out.println(server.url());
///   server.join();
/// }
/// ```
public final class LexiscopeServer implements AutoCloseable {
  static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:;"
              + " object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  private final ServerConfig config;
  private final Javalin javalin;
  private final ApiRoutes api;
  private final AccessGuard guard;
  private final CountDownLatch closed = new CountDownLatch(1);

  private LexiscopeServer(ServerConfig config, Javalin javalin, ApiRoutes api, AccessGuard guard) {
    this.config = config;
    this.javalin = javalin;
    this.api = api;
    this.guard = guard;
  }

  /// Starts to serve.
  ///
  /// @param config where and to whom
  /// @param workbench answers; stays the caller's to close, after this server
  /// @return the running server
  /// @throws ServerException when the port is taken or the address is not this machine's
  public static LexiscopeServer start(ServerConfig config, Workbench workbench) {
    var api = new ApiRoutes(workbench, config);
    var guard = new AccessGuard(config);
    var javalin = Javalin.create(settings -> configure(settings, config, api, guard));
    try {
      javalin.start(config.host(), config.port());
    } catch (JavalinBindException e) {
      throw new ServerException(
          "serve: expected port "
              + config.port()
              + " of "
              + config.host()
              + " to be free and ours to take, got a refusal; stop what uses it, or choose another with --port",
          e);
    } catch (RuntimeException e) {
      throw new ServerException(
          "serve: expected to listen on "
              + config.host()
              + " port "
              + config.port()
              + ", got "
              + e.getMessage(),
          e);
    }
    for (var connector : javalin.jettyServer().server().getConnectors()) {
      if (connector instanceof ServerConnector tcp) {
        tcp.setIdleTimeout(config.limits().idle().toMillis());
      }
    }
    return new LexiscopeServer(config, javalin, api, guard);
  }

  /// The port it listens on.
  public int port() {
    return javalin.port();
  }

  /// Where to point a browser, with the token when there is one.
  public String url() {
    var token = config.token();
    return "http://" + authority() + "/" + (token == null ? "" : "?token=" + token);
  }

  /// Where to point a browser by way of a command line, which others on this machine can read: what
  /// stands in it for the token opens once.
  public String urlToOpen() {
    return config.token() == null ? url() : "http://" + authority() + "/?token=" + guard.newPass();
  }

  /// Asks itself what the page asks, so that the first answer to others is quick: the model is
  /// open, the kernels are in use and the classes compiled.
  ///
  /// @param model the one to open; the default when null
  /// @return how long the last lens request took
  /// @throws ServerException if the model cannot be opened
  public Duration warmUp(@Nullable String model) {
    Workbench.warmUpKernels();
    var address = URI.create("http://" + authority() + "/");
    try (var asking = new WarmUp(address, config.token())) {
      return asking.run(model);
    }
  }

  private String authority() {
    var host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
    return host + ":" + port();
  }

  /// Waits until the server has been closed.
  ///
  /// @throws InterruptedException when the waiting thread is interrupted
  public void join() throws InterruptedException {
    // Not Jetty's own join: its pool of virtual threads has nothing to wait for.
    closed.await();
  }

  /// Refuses new requests, ends those that wait and their work, and stops; every further call does
  /// nothing.
  @Override
  public void close() {
    api.close();
    try {
      javalin.stop();
    } catch (JavalinException e) {
      // A connection that is still busy after the stop timeout is cut; there is nobody to tell.
      if (!(e.getCause() instanceof TimeoutException)) {
        throw e;
      }
    } finally {
      closed.countDown();
    }
  }

  private static void configure(
      JavalinConfig settings, ServerConfig config, ApiRoutes api, AccessGuard guard) {
    settings.startup.showJavalinBanner = false;
    settings.startup.showOldJavalinVersionWarning = false;
    settings.startup.startupWatcherEnabled = false;
    settings.concurrency.useVirtualThreads = true;
    settings.http.compressionStrategy =
        new CompressionStrategy(/* brotli= */ null, new Gzip(/* level= */ 4));
    settings.http.prefer405over404 = true;
    settings.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    settings.jetty.modifyServer(
        server -> {
          server.setStopTimeout(2_000);
          // Waits for the answers under way when the server stops.
          server.setHandler(new GracefulHandler());
          server.setErrorHandler(new PlainErrors());
          server.setStopAtShutdown(false);
        });
    settings.jetty.modifyServletContextHandler(
        context -> context.setErrorHandler(new PlainErrors()));
    routes(settings, config, api, guard);
  }

  private static void routes(
      JavalinConfig settings, ServerConfig config, ApiRoutes api, AccessGuard guard) {
    var page = new PageFiles(config.page());
    var routes = settings.routes;
    routes.before(
        context -> {
          HEADERS.forEach(context::header);
          FailureLog.begin(context);
          guard.check(context);
        });
    routes.after(new UnreadBody(config.limits())::discard);
    read(routes, "/api/v1/health", api::health);
    read(routes, "/api/v1/models", api::models);
    read(routes, "/api/v1/jobs", api::jobs);
    read(routes, "/api/v1/jobs/{id}", api::job);
    routes.delete("/api/v1/jobs/{id}", api::cancel);
    routes.get("/api/v1/jobs/{id}/events", api::events);
    read(routes, "/api/v1/jobs/{id}/files/{name}", api::file);
    routes.post("/api/v1/jobs/{verb}", api::submit);
    routes.post("/api/v1/jobs/{id}/resume", api::resume);
    routes.post("/api/v1/{verb}", api::ask);
    read(routes, "/", context -> front(context, guard, page));
    read(routes, "/api/<path>", api::nothing);
    read(routes, "/<path>", page::serve);
    routes.exception(
        WorkbenchException.class,
        (e, context) -> {
          if (Doorstep.isFor(context, e.problem())) {
            Doorstep.write(context, e.problem());
          } else {
            failed(context, e.problem(), e);
          }
        });
    routes.exception(
        HttpResponseException.class,
        (e, context) ->
            Problems.write(
                context,
                Problems.ofStatus(
                    e.getStatus(),
                    "request: "
                        + e.getMessage()
                        + ": "
                        + context.method()
                        + " "
                        + context.path())));
    routes.exception(
        Exception.class,
        (e, context) ->
            failed(
                context,
                Problem.of(
                    ProblemKind.FAILED,
                    "request: expected to answer, got "
                        + e.getClass().getSimpleName()
                        + "; the log of the server says more",
                    /* field= */ null),
                e));
  }

  /// What is asked for with `HEAD` is answered as with `GET`, without the body.
  private static void read(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  private static void failed(Context context, Problem problem, Exception thrown) {
    if (problem.kind() == ProblemKind.FAILED) {
      FailureLog.write(context, thrown);
    }
    Problems.write(context, problem);
  }

  /// The front page; a `?token=` that was let in becomes a cookie, and leaves the address bar.
  private static void front(Context context, AccessGuard guard, PageFiles page) throws IOException {
    if (context.queryString() == null) {
      page.serve(context);
      return;
    }
    if (context.queryParam("token") != null) {
      guard.cookie(context).ifPresent(context::cookie);
    }
    context.header("Cache-Control", "no-store");
    context.redirect("/");
  }
}
