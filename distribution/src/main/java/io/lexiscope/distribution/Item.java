package io.lexiscope.distribution;

import java.nio.file.Path;

/// One file of a distribution.
///
/// @param name its path below the root, with slashes
/// @param file where its bytes are
/// @param executable whether it can be started
record Item(String name, Path file, boolean executable) {}
