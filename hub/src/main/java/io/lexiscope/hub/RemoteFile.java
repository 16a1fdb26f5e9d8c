package io.lexiscope.hub;

import java.net.URI;

/// A file on a hub.
///
/// @param name its name in the repository
/// @param address where it is
/// @param etag its identity, which is its name among the blobs
/// @param size its length, bytes
record RemoteFile(String name, URI address, String etag, long size) {}
