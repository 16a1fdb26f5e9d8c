/// Tests of edited models on the disk: read back, they compute what the view did.
///
/// ```
///  golden model, patches ──► folder, adapter ──► opened again ──► the same numbers
/// ```
///
/// Memory: a tiny model at a time. Threads: one. Start with ExportTest.
@NullMarked
package io.lexiscope.model.export;

import org.jspecify.annotations.NullMarked;
