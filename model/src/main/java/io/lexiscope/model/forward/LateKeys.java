package io.lexiscope.model.forward;

/// How a layer that earlier positions skipped gets the keys and values that a later position needs
/// there.
///
/// Either way nothing is done before a position goes that deep, and then all that wait are done
/// together in one batched step.
public enum LateKeys {
  /// The skipped layers run for the waiting positions, so that keys and values are those of the
  /// full network. Bae et al. 2023, §3.2, "synchronised parallel decoding".
  EXACT,
  /// The stream with which a position left is taken for what enters each skipped layer, and only
  /// its keys and values are made. Cheaper, and an approximation: Elbayad et al. 2020, §3; Schuster
  /// et al. 2022, §3.1.
  COPIED
}
