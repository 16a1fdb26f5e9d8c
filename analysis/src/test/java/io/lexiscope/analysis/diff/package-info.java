@NullMarked
package io.lexiscope.analysis.diff;

import org.jspecify.annotations.NullMarked;
