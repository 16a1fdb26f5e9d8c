/// What operations are told beside their tensors.
///
/// ```
///  Nn.apply(NonLinearity, x)     Nn.attend(q, k, v, Sight)
/// ```
///
/// Memory: no native memory is used. Threads: everything is immutable and may be shared. Start with
/// [io.lexiscope.tensor.option.Sight].
@NullMarked
package io.lexiscope.tensor.option;

import org.jspecify.annotations.NullMarked;
