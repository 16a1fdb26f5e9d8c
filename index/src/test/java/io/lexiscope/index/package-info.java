/// Tests of the index against scans in plain Java, and of what happens to it on disk.
///
/// ```
///  golden model ──► vectors in doubles ──► all scores ──► what a search finds
/// ```
///
/// Memory: every test closes its model and its index. Threads: each test is confined to its thread
/// but one. Start with [VocabularyIndexTest].
@NullMarked
package io.lexiscope.index;

import org.jspecify.annotations.NullMarked;
