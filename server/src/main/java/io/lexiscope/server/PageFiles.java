package io.lexiscope.server;

import io.javalin.http.Context;
import io.lexiscope.base.Digest;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Serves the built page from its folder, and nothing outside it.
///
/// Files under `assets/` carry a hash in their name and are kept by the browser for good; all
/// others are asked for again and answered with 304 when their `ETag` is unchanged.
final class PageFiles {
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("webp", "image/webp"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("webmanifest", "application/manifest+json"));

  private static final String NOT_BUILT =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <title>Lexiscope</title>
      <style>body{font:16px/1.5 system-ui,sans-serif;max-width:40em;margin:4em auto;padding:0 1em}</style>
      <h1>The page is not built</h1>
      <p>The server is up and answers under <code>/api/v1/</code>, but the folder of the page holds no <code>index.html</code>.</p>
      <p>In the folder <code>web</code> of the project run <code>npm ci</code> and <code>npm run build</code>, then load this page again.</p>
      """;

  private final Path folder;

  PageFiles(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /// Answers with the file that the request's path names; `/` is `index.html`.
  ///
  /// @throws WorkbenchException of kind `notFound` when there is none
  void serve(Context context) throws IOException {
    var path = context.path();
    var name = path.equals("/") ? "index.html" : path.substring(1);
    var file = inside(name);
    if (file == null) {
      if (name.equals("index.html")) {
        context.status(503).contentType("text/html; charset=utf-8").result(NOT_BUILT);
        context.header("Cache-Control", "no-store");
        return;
      }
      throw new WorkbenchException(
          ProblemKind.NOT_FOUND, "page: expected a file of the page, got " + path);
    }
    var content = Files.readAllBytes(file);
    var etag = '"' + hash(content) + '"';
    context.header("ETag", etag);
    context.header(
        "Cache-Control",
        name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    if (matches(context.header("If-None-Match"), etag)) {
      context.status(304);
      return;
    }
    context.contentType(type(name)).result(content);
  }

  private @Nullable Path inside(String name) throws IOException {
    try {
      var file = folder.resolve(name).normalize();
      if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
        return null;
      }
      return file.toRealPath().startsWith(folder.toRealPath()) ? file : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /// Whether a list of entity tags holds one, weak or strong.
  private static boolean matches(@Nullable String wanted, String etag) {
    if (wanted == null) {
      return false;
    }
    for (var candidate : wanted.split(",", -1)) {
      var tag = candidate.strip();
      if (tag.equals("*") || (tag.startsWith("W/") ? tag.substring(2) : tag).equals(etag)) {
        return true;
      }
    }
    return false;
  }

  private static String type(String name) {
    var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(extension, "application/octet-stream");
  }

  private static String hash(byte[] content) {
    return Digest.sha256().add(content).hex().substring(0, 32);
  }
}
