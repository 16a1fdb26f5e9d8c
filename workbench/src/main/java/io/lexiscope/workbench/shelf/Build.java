package io.lexiscope.workbench.shelf;

/// What computes.
///
/// @param codeVersion version of Lexiscope
/// @param jvm version of the Java runtime
public record Build(String codeVersion, String jvm) {}
