/// Tests of the JSON that view records become: names as in the contract, numbers, absent values.
///
/// ```
///  record ──► ViewJson ──► JSON text ──► names and values expected
/// ```
///
/// Memory: plain data. Threads: each test is confined to its thread. Start with [ViewJsonTest].
@NullMarked
package io.lexiscope.workbench.view;

import org.jspecify.annotations.NullMarked;
