/// What every request and result is made of, and the one way between records and JSON: component
/// names are the JSON names that the command line prints, the server speaks and the page reads.
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
/// [ModelChoice] and [Prompt] in requests, [ResultHeader] in results; so records of requests and
/// results may have more than five components. A number of the model that is not finite is `null`
/// in JSON, and the header's `notFinite` says where it arose. An optional value that is absent is
/// left out, never written as `null`. Interventions are here because [Provenance] names those in
/// force.
///
/// Memory: plain data, no native memory. Threads: immutable, free to share. Start with [ViewJson].
@NullMarked
package io.lexiscope.workbench.ask;

import org.jspecify.annotations.NullMarked;
