/// Serves the workbench over HTTP: requests as JSON in, results as JSON or server-sent events out,
/// and the page.
///
/// ```
///  request ──► AccessGuard ──► ApiRoutes ──► Workbench.submit ──► Job
///                  │               │                               │
///                  │               └── JobStream ◄── events ───────┘   one writer per stream, in order
///                  └──► PageFiles: the built page
/// ```
///
/// Memory: no native memory. Threads: a request is a virtual thread that waits; the work is done by
/// the workbench's threads. Start with [LexiscopeServer#start].
@NullMarked
package io.lexiscope.server;

import org.jspecify.annotations.NullMarked;
