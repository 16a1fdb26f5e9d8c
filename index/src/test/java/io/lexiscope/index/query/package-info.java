/// Tests of the query language.
///
/// ```
///  what is given ──► what it must mean, written by hand
/// ```
///
/// Memory: every test closes what it opens. Threads: each test is confined to its thread. Start
/// with [SearchQueryTest].
@NullMarked
package io.lexiscope.index.query;

import org.jspecify.annotations.NullMarked;
