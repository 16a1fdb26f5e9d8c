/// Tests of a real server on a free port, asked by the JDK's HTTP client and by plain sockets.
///
/// ```
///  test ──► Served: server + workbench of made-up answers ──► HTTP ──► assertion
/// ```
///
/// Memory: no native memory. Threads: each test has its own server. Start with [Served].
@NullMarked
package io.lexiscope.server;

import org.jspecify.annotations.NullMarked;
