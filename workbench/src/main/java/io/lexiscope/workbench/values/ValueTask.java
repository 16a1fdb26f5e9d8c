package io.lexiscope.workbench.values;

import io.lexiscope.workbench.ask.FileUse;
import io.lexiscope.workbench.ask.NamesFile;
import org.jspecify.annotations.Nullable;

/// Prompts with known values: drawn expressions, or a table.
///
/// @param form of the expressions, letters for operands; `a-(b-c)` when absent, `a+b` for models
///   without a minus
/// @param least smallest operand; 100 when absent, 10 where the model writes signed answers
/// @param greatest greatest operand, of as many digits; 999 when absent, or 99
/// @param given characters of the answer that stand in the prompt; 0 when absent
/// @param data a table in place of expressions: a line of names, the first of them the prompt's,
///   the last the answer's, then a line a prompt
/// @param prompts how many expressions; 1,200 when absent
public record ValueTask(
    @Nullable String form,
    @Nullable Integer least,
    @Nullable Integer greatest,
    @Nullable Integer given,
    @NamesFile(FileUse.DATA) @Nullable String data,
    @Nullable Integer prompts) {}
