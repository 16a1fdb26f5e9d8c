package io.lexiscope.analysis.inversion;

import io.lexiscope.base.FloatVector;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.site.SiteReader;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.List;

/// An activation whose preimage is asked for.
///
/// @param reader where, under which convention
/// @param input the query's tokens
/// @param position of the query, from 0
/// @param activation \[width\]
public record InversionQuery(
    SiteReader reader, TokenIds input, int position, FloatVector activation) {

  /// Takes the activation.
  ///
  /// @param model with what is in force
  /// @param position from 0
  /// @throws io.lexiscope.model.hook.HookException if there is no such position
  /// @throws InversionException if the activation is zero, from which nothing has a distance
  public static InversionQuery of(
      LanguageModel model, SiteReader reader, TokenIds input, int position) {
    try (Run run = model.run(input, Recording.of(List.of(reader.hook())).at(position))) {
      FloatVector vector =
          FloatVector.of(reader.at(run.activation(reader.hook()), /* row= */ 0, /* index= */ 0));
      if (!(vector.length() > 0)) {
        throw new InversionException(
            "invert: expected an activation that is not zero, got one of length %s at %s position %d; choose another place"
                .formatted(vector.length(), reader.site(), position));
      }
      return new InversionQuery(reader, input, position, vector);
    }
  }
}
