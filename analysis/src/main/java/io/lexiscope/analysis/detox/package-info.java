/// Turns words down by setting coefficients of value vectors, and measures what it costs.
@NullMarked
package io.lexiscope.analysis.detox;

import org.jspecify.annotations.NullMarked;
