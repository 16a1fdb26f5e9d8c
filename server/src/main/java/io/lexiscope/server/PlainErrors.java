package io.lexiscope.server;

import io.lexiscope.workbench.ask.ViewJson;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Answers what never reaches a route, a request that is no HTTP among it, as every other refusal:
/// problem details with our headers, and nothing of what was sent.
final class PlainErrors extends ErrorHandler {
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected boolean generateAcceptableResponse(
      Request request,
      Response response,
      Callback callback,
      String contentType,
      List<Charset> charsets,
      int code,
      @Nullable String message,
      @Nullable Throwable cause) {
    LexiscopeServer.HEADERS.forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(/* last= */ true, ByteBuffer.wrap(body(code)), callback);
    return true;
  }

  private static byte[] body(int status) {
    var problem =
        Problems.ofStatus(
            status, "request: expected HTTP that this server takes, got status " + status);
    return ViewJson.writeBytes(problem);
  }
}
