package io.lexiscope.model.generate;

import io.lexiscope.model.forward.LateKeys;

/// Leaving the network early.
///
/// @param rule when
/// @param late how skipped layers get keys and values where a later token goes deeper
public record EarlyExit(ExitRule rule, LateKeys late) {}
