package io.lexiscope.workbench.patch;

import io.lexiscope.model.tokenizer.TokenView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What rows and columns of the grid are.
///
/// @param at the hook point patched, by its full name with `{l}` for the block
/// @param columns `position` or `head`
/// @param layers block of each row
/// @param changed tokens of the run that is changed, of the first pair
/// @param source tokens of the run that values come from, of the first pair
/// @param alignment for each position of the changed run that of the other run it stands for; null
///   where there is none
public record PatchAxes(
    String at,
    String columns,
    List<Integer> layers,
    List<TokenView> changed,
    List<TokenView> source,
    List<@Nullable Integer> alignment) {}
