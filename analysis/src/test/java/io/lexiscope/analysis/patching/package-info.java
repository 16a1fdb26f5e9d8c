@NullMarked
package io.lexiscope.analysis.patching;

import org.jspecify.annotations.NullMarked;
