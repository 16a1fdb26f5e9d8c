/// The command `clusters`.
///
/// ```
///  arguments ──► ClustersCommand ──► request ──► Workbench ──► result ──► JSON, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with
/// [ClustersCommand].
@NullMarked
package io.lexiscope.cli.clusters;

import org.jspecify.annotations.NullMarked;
