package io.lexiscope.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;

/// Notices that the client of a request being worked on has closed its connection.
///
/// HTTP/1.1 servers do not read while they answer, so nobody would tell. This reads instead: end of
/// stream means the client has left. A byte means that it sent its next request early (pipelining);
/// that byte cannot be put back, so the connection must be closed after this answer, which the
/// protocol allows, and [#close] says so.
///
/// The request's body must have been read to its end.
final class ClientWatch implements Callback {
  private final EndPoint connection;
  private final Runnable left;
  private boolean over;
  private boolean sentMore;

  private ClientWatch(EndPoint connection, Runnable left) {
    this.connection = connection;
    this.left = left;
  }

  /// Starts to watch.
  ///
  /// @param request the request being worked on, its body read
  /// @param left called once, on another thread, when the client has closed the connection
  static ClientWatch on(HttpServletRequest request, Runnable left) {
    var endPoint =
        ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint();
    var watch = new ClientWatch(endPoint, left);
    endPoint.tryFillInterested(watch);
    return watch;
  }

  /// Ends the watch; must be called before the answer is written.
  ///
  /// @return whether the connection has to be closed after the answer
  boolean close() {
    synchronized (this) {
      over = true;
    }
    if (connection instanceof AbstractEndPoint known) {
      known.getFillInterest().onFail(new IOException("the answer is ready"));
    }
    return sentMore;
  }

  @Override
  public void succeeded() {
    int read;
    synchronized (this) {
      if (over) {
        return;
      }
      read = fill();
      if (read > 0) {
        sentMore = true;
        return;
      }
    }
    if (read < 0) {
      left.run();
    } else {
      connection.tryFillInterested(this);
    }
  }

  @Override
  public void failed(Throwable cause) {
    synchronized (this) {
      if (over) {
        return;
      }
    }
    if (!connection.isOpen()) {
      left.run();
    } else {
      connection.tryFillInterested(this);
    }
  }

  private int fill() {
    try {
      // Jetty reads behind the limit: an empty view of one byte has room for one.
      return connection.fill(ByteBuffer.allocate(1).limit(0));
    } catch (IOException e) {
      return -1;
    }
  }
}
