import { Client, ProblemError, type Asked } from "../../src/api/client";
import type { Verbs } from "../../src/api/types";

export type Answers = {
  [V in Asked]?: (request: Verbs[V]["request"]) => Promise<Verbs[V]["result"]> | Verbs[V]["result"];
};

/** A client that answers from functions and remembers what it was asked. */
export class Answering extends Client {
  readonly asked: [verb: string, request: unknown][] = [];
  readonly #answers: Answers;
  constructor(answers: Answers) {
    super();
    this.#answers = answers;
  }
  override async call<V extends Asked>(
    verb: V,
    request: Verbs[V]["request"],
    signal?: AbortSignal,
  ): Promise<Verbs[V]["result"]> {
    this.asked.push([verb, request]);
    const answer = this.#answers[verb];
    if (answer === undefined) throw new ProblemError("Not found", `no answer for ${verb}`);
    const result = await answer(request as never);
    if (signal?.aborted ?? false) throw new DOMException("cancelled", "AbortError");
    return result as Verbs[V]["result"];
  }
  override job<V extends Asked>(
    verb: V,
    request: Verbs[V]["request"],
    _on: object,
    signal: AbortSignal,
  ): Promise<Verbs[V]["result"]> {
    return this.call(verb, request, signal);
  }
  requests(verb: Asked): unknown[] {
    return this.asked.filter(([v]) => v === verb).map(([, r]) => r);
  }
}
