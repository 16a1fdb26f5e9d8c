/// Turns the view records into the TypeScript types of the page, and fails the build when the
/// committed file differs.
///
/// ```
///  Features, JobEventType ──► records, enums ──► web/src/api/types.ts
/// ```
///
/// Memory: plain data. Threads: confined to the test. Start with [TypeScript].
@NullMarked
package io.lexiscope.workbench.typescript;

import org.jspecify.annotations.NullMarked;
