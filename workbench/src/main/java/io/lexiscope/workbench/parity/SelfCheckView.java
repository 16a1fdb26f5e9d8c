package io.lexiscope.workbench.parity;

import org.jspecify.annotations.Nullable;

/// One identity that every correct model fulfils, and how well this one does.
///
/// @param name a word for it, such as `cache`
/// @param meaning one sentence on what is compared with what
/// @param at the place that comes closest to what is allowed there; absent when the check says
///   nothing about the model
/// @param maxAbsDiff largest absolute difference at that place; absent when the check says nothing
///   about the model
/// @param tolerance largest absolute difference allowed there; absent when the check says nothing
///   about the model
/// @param passed whether nothing speaks against the model
/// @param notApplicable why the check says nothing about the model; absent when it does
public record SelfCheckView(
    String name,
    String meaning,
    @Nullable String at,
    @Nullable Double maxAbsDiff,
    @Nullable Double tolerance,
    boolean passed,
    @Nullable String notApplicable) {}
