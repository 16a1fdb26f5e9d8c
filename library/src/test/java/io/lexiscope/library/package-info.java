/// Tests of opening models by name, and of the example that the README shows.
///
/// ```
///  class path, temporary folders ──► Lexiscope, PackedModels ──► models, folders
///  README ──► javac ──► java ──► what it prints
/// ```
///
/// Memory: every test closes what it opens. Threads: one test unpacks on several. Start with
/// [LexiscopeTest].
@NullMarked
package io.lexiscope.library;

import org.jspecify.annotations.NullMarked;
