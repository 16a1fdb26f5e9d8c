/// Dense tensors on libtorch with explicit ownership: numbers go in as arrays or mapped memory and
/// come out as arrays.
///
/// ```
///  float[] / MemorySegment ──► Tensors ──► Tensor ──► Tensor / Nn / Autograd ──► Tensor ──► float[]
///                                            │
///                       TensorScope owns it and frees it, unless it is returned
/// ```
///
/// Memory: every tensor belongs to the innermost [TensorScope]; `tidy` frees all but what it
/// returns; there is no garbage collection of native memory. Threads: a tensor may be read from any
/// thread while its scope is open; a scope of `tidy` is confined to its thread. Start with
/// [TensorScope#tidy] and [Tensor].
@NullMarked
package io.lexiscope.tensor;

import org.jspecify.annotations.NullMarked;
