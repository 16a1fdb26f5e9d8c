package io.lexiscope.workbench.models;

/// A file of a pulled model.
///
/// @param name its name
/// @param bytes its length, bytes
/// @param downloadedBytes bytes that came over the network for it, 0 when it was there
/// @param checked whether these were compared with a hash; false when the hub gives none, and only
///   their number could be
public record PulledFileView(String name, long bytes, long downloadedBytes, boolean checked) {}
