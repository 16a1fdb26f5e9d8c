/// Fetches models from a Hugging Face hub into the standard cache, and finds the ones that are
/// there: an id in, a folder out.
///
/// ```
///  id, revision ─► Hub ─► what the repository holds ─► ModelFiles: the files needed
///                                                          │ each: HubClient ─► BlobFetch (resume, check)
///                                                          ▼
///  cache/models--org--name/{blobs/ETAG, refs/REVISION, snapshots/COMMIT/FILE → ../../blobs/ETAG}
///                                                          ▲
///  id, revision ─► HubCache ───────────────────────────────┘ no network
/// ```
///
/// The layout is the one Python's `huggingface_hub` reads and writes, so each finds what the other
/// fetched. A file has its name in `blobs/` only after its length and hash were found right, and a
/// snapshot is linked and a reference written only when every file is there: whatever stops a pull
/// leaves nothing but `.incomplete` files, which the next one continues.
///
/// Memory: no native memory; bodies are written as they come. Threads: [Hub] and [HubCache] are
/// free to share; two pulls of one file, also by two processes, wait for each other. Start with
/// [io.lexiscope.hub.Hub#pull].
@NullMarked
package io.lexiscope.hub;

import org.jspecify.annotations.NullMarked;
