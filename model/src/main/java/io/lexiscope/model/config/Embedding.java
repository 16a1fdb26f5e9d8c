package io.lexiscope.model.config;

import org.jspecify.annotations.Nullable;

/// How token ids become the first residual stream: `norm(projectIn(W_E[token] · scale) +
/// W_pos[position] + W_type[type])`, where each part but the look-up may be absent.
///
/// @param width columns of the embedding matrix; where it differs from `d_model` (OPT-350m), a
///   bias-free `project_in` follows the look-up and a `project_out` precedes the unembedding
/// @param scale factor on the token embedding, to be rounded to the compute dtype before use
///   (Gemma: √d_model); 1 changes nothing
/// @param positions how positions enter
/// @param norm norm of the sum (BERT), or null
public record Embedding(int width, double scale, Positions positions, @Nullable Norm norm) {

  Embedding with(Positions other) {
    return new Embedding(width, scale, other, norm);
  }
}
