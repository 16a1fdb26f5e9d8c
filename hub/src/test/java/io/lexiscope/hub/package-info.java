/// Tests pulls against a hub on this machine that behaves as badly as networks do.
///
/// ```
///  test ─► FakeHub (hub and second host on loopback) ◄─HTTP─ Hub ─► temporary cache folder
/// ```
///
/// Memory: none of note. Threads: each fake hub has its own. Start with [io.lexiscope.hub.FakeHub].
@NullMarked
package io.lexiscope.hub;

import org.jspecify.annotations.NullMarked;
