package io.lexiscope.distribution;

import java.util.List;

/// Something by others that a distribution holds.
///
/// @param name such as `org.apache.lucene:lucene-core`
/// @param version its version
/// @param licences what it may be used under, one of several where there are several
/// @param purl its package URL
record ThirdPartyWork(String name, String version, List<String> licences, String purl) {
  ThirdPartyWork {
    licences = List.copyOf(licences);
  }
}
