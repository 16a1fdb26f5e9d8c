package io.lexiscope.workbench.view;

/// One token of a prompt.
///
/// @param id index into the vocabulary
/// @param text what the token decodes to, spaces included
public record TokenView(int id, String text) {}
