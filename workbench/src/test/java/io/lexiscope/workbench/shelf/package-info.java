/// Tests of keeping models open.
///
/// ```
///  folders made for the test, tiny golden models ──► ModelShelf ──► what is open
/// ```
///
/// Memory: every test closes its shelf. Threads: each test has its own shelf. Start with
/// [ModelShelfTest].
@NullMarked
package io.lexiscope.workbench.shelf;

import org.jspecify.annotations.NullMarked;
