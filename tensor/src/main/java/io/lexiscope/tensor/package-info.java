@NullMarked
package io.lexiscope.tensor;

import org.jspecify.annotations.NullMarked;
