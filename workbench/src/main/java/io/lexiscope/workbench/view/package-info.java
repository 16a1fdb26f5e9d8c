/// The request and result records of every verb: their component names are the JSON names that the
/// command line prints, the server speaks and the page reads.
///
/// ```
///  LensRequest ──► use case ──► LensResult
///      ▲                            │
///      │  ViewJson                  ▼  ViewJson
///    JSON in                     JSON out ──► page, files, scripts
///                                   └── TypeScript types, generated from these records
/// ```
///
/// Two parts that many records share are written flat into the JSON object of their owner:
/// [ModelChoice] and [Prompt] in requests, [ResultHeader] in results. Records here may have more
/// than five components: the contract fixes flat names.
///
/// A number of the model that is not finite is `null` in JSON, and the header's `notFinite` says
/// where it arose. An optional value that is absent is left out, never written as `null`.
///
/// Memory: plain data, no native memory. Threads: immutable, free to share. Start with [Verb].
@NullMarked
package io.lexiscope.workbench.view;

import org.jspecify.annotations.NullMarked;
