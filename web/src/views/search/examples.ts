/** The query language, by example: each is a click away, and says what it asks for. */
export interface QueryExample {
  readonly query: string;
  readonly asks: string;
}

/** A word of the model's own comes first, so that the first click finds something. */
export function examples(word: string, neuron: string): readonly QueryExample[] {
  const bare = word.trim() === "" ? "fire" : word.trim();
  return [
    { query: bare, asks: `vectors that promote ${bare}, in any form the vocabulary has` },
    { query: `"${word}"`, asks: "exactly this token, with its blank and its case" },
    { query: `promotes:${bare} suppresses:the`, asks: "both must hold: the first word up, the second down" },
    { query: `${bare} layer:2-4 kind:neuron`, asks: "only neurons, only in these layers" },
    { query: `${bare} norm:>1`, asks: "only long vectors: those that write much" },
    { query: `suppresses:${bare}`, asks: "vectors that push the word down" },
    { query: `like:${neuron}`, asks: "the most similar vectors, by cosine" },
    { query: `top:${bare}`, asks: "the word is among its strongest" },
  ];
}
