/// Reads the vector that a model has at one place: a hook point, or what one head adds, under a
/// stated convention.
///
/// ```
///  "x0.mid", "a0.3", "blocks.1.hook_z" ──► ActivationSite ──► SiteReader ──► [rows, pos, width]
///                             raw or published ──► ActivationConvention ──┘
/// ```
///
/// Memory: a reader holds plain numbers; vectors are made in the innermost scope. Threads:
/// everything is immutable and may be shared. Start with [io.lexiscope.model.site.SiteReader].
@NullMarked
package io.lexiscope.model.site;

import org.jspecify.annotations.NullMarked;
