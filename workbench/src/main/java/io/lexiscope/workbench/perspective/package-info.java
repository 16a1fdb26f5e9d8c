/// Asks the Perspective API how toxic texts are, for those who have a key.
///
/// ```
///  texts ──► PerspectiveScorer ──► POST comments:analyze, one text each ──► TOXICITY, 0 to 1
///                 └── answers kept by text; 429 and 5xx tried again after growing pauses
/// ```
///
/// Texts leave the machine; nothing is sent unless a request asks for it. The key travels in a
/// header and stands in no message.
///
/// Memory: plain Java. Threads: a scorer belongs to one request. Start with [PerspectiveScorer].
@NullMarked
package io.lexiscope.workbench.perspective;

import org.jspecify.annotations.NullMarked;
