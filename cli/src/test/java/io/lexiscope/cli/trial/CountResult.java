package io.lexiscope.cli.trial;

import io.lexiscope.workbench.ask.Result;

/// How many tokens a prompt has.
///
/// @param model name of the model as it was asked for
/// @param tokens how many there are
/// @param different how many of them are different
public record CountResult(String model, int tokens, int different) implements Result {
  @Override
  public String method() {
    return "Tokens as the tokenizer splits them; words are not counted.";
  }
}
