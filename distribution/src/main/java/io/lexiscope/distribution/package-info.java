/// Makes what people download, and starts it as they would.
///
/// ```
///  jars, page, models, launcher ─► Sources ─┬─► ZipFile ─► Check: no Maven, no Node on the path
///  SBOM of Maven, packages of npm ─► ThirdPartyWorks ─┤
///  Debian packages, runtime of jlink ───────┴─► Image ─► Check: under chroot
/// ```
///
/// Memory: files are streamed. Threads: one; what is started has its own. Start with
/// [io.lexiscope.distribution.Main].
@NullMarked
package io.lexiscope.distribution;

import org.jspecify.annotations.NullMarked;
