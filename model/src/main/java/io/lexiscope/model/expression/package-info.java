/// Says before it is run how long a backtracking matcher can take for an expression that somebody
/// else wrote.
///
/// ```
///  expression ──► PatternParser ──► PatternNode ──► Loops (which positions repeat, and overlap) ──► MatchingCost ──► longest text
/// ```
///
/// Memory: sets of code points while an expression is examined; nothing is kept. Threads: static
/// functions without state. Start with [io.lexiscope.model.expression.MatchingCost].
@NullMarked
package io.lexiscope.model.expression;

import org.jspecify.annotations.NullMarked;
