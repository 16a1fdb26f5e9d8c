package io.lexiscope.model.place;

/// What a name can be asked to name.
public enum PlaceKind {
  /// Any of them.
  ANY(
      "place",
      "a place such as L3N12 (neuron), L2H1 (head), L3E5 (expert) or blocks.3.hook_resid_post"),
  /// A hook point of a layer or of the whole model.
  HOOK("hook name", "one place such as blocks.3.hook_resid_post"),
  /// A neuron of an MLP.
  NEURON(
      "neuron",
      "a name such as L3N812 (layer 3, neuron 812, counted from 0), or a paper's v4_813 (counted"
          + " from 1)"),
  /// A head of an attention.
  HEAD("head", "a name such as L2H1 (layer 2, head 1, counted from 0)"),
  /// A direction that a head writes in.
  HEAD_DIRECTION("direction of a head", "a name such as L2H1D0"),
  /// The bias of a module's output.
  BIAS("bias", "a name such as L3.b_mlp or L3.b_attn"),
  /// An expert of an MLP.
  EXPERT("expert", "a name such as L3E5 (layer 3, expert 5, counted from 0)"),
  /// A neuron of an expert.
  EXPERT_NEURON("neuron of an expert", "a name such as L3E5N12"),
  /// A position of a prompt.
  POSITION("position", "a whole number from 0, or from -1 on backwards from the end"),
  /// Steps of a generation.
  STEP("generation steps", "such as step 3, steps 2-5 or steps 2- (counted from 0)");

  private final String noun;
  private final String expected;

  PlaceKind(String noun, String expected) {
    this.noun = noun;
    this.expected = expected;
  }

  /// What it is called in a sentence.
  public String noun() {
    return noun;
  }

  /// What one of them is called, with its article.
  public String one() {
    return ("aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
  }

  /// The exception for a text that names none.
  PlaceException refuse(String got) {
    return new PlaceException(this, expected, got);
  }
}
