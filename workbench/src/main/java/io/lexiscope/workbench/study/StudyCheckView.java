package io.lexiscope.workbench.study;

import org.jspecify.annotations.Nullable;

/// A published statement beside what was measured.
///
/// @param name what is stated
/// @param published the published value
/// @param measured the measured value; empty where nothing was measured
/// @param passed whether they agree; absent where they cannot be compared
/// @param note the bound that decides, or why nothing could be decided
public record StudyCheckView(
    String name, String published, String measured, @Nullable Boolean passed, String note) {}
