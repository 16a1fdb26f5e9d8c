package io.lexiscope.workbench.patch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is patched.
///
/// @param at a hook point of blocks, such as `hook_resid_pre`; `hook_resid_pre` when neither it nor
///   `sites` is given
/// @param sites `resid`, `heads`, `q`, `k`, `v` or `pattern`, for the hook points of those
/// @param layers the blocks; all when absent
/// @param position heads are patched at this position only, negative from the end; at all when
///   absent
/// @param direction `denoising` (clean values into the corrupt run, when absent), `noising`, `zero`
///   or `mean`
public record PatchPlaces(
    @Nullable String at,
    @Nullable String sites,
    @Nullable List<Integer> layers,
    @Nullable Integer position,
    @Nullable String direction) {
  /// Copies the list.
  public PatchPlaces {
    layers = layers == null ? null : List.copyOf(layers);
  }
}
