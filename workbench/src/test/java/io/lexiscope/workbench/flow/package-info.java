/// Tests of the verb `flow`.
@NullMarked
package io.lexiscope.workbench.flow;

import org.jspecify.annotations.NullMarked;
