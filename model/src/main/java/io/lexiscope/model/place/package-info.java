/// One grammar of places inside a transformer: every name that a person writes is read here, and
/// every name that is shown is written here.
///
/// ```
///  l3n12  v4_13  3.12  blocks.3.hook_in  x0.mid  -1
///      └───────┴───────┴────────────┴───────────────┴───────┴──► Place, Position ──► one spelling
/// ```
///
/// Memory: names are plain records. Threads: everything is immutable. Start with
/// [io.lexiscope.model.place.Place].
@NullMarked
package io.lexiscope.model.place;

import org.jspecify.annotations.NullMarked;
