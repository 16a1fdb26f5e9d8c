/**
 * Where every question goes over: equal ones that are on their way are asked once and shared, and what was answered
 * lately is kept. A question is a verb and its request, which holds the model, the prompt, the edits and the options.
 */
import type { Asked, Client } from "../api/client";
import type { GeneratedToken, JobView, Progress, Verbs } from "../api/types";

export interface Listener {
  /** A job does it, of this id. */
  readonly begun?: (id: string) => void;
  readonly progress?: (progress: Progress) => void;
  readonly token?: (token: GeneratedToken) => void;
}

export interface How extends Listener {
  /** Runs as a job: with progress, tokens and files. */
  readonly long?: boolean;
  /** Asks the server although an equal question is on its way or answered. */
  readonly again?: boolean;
}

export interface Reply<V extends Asked> {
  readonly result: Verbs[V]["result"];
  /** The job that gave it, for a long question. */
  readonly job: JobView | undefined;
}

interface UnderWay {
  readonly key: string;
  readonly asking: AbortController;
  readonly listeners: Set<Listener>;
  /** The newest progress, for those who ask while it is on its way. */
  latest: Progress | undefined;
  /** The id of the job that does it, once it has one. */
  id: string | undefined;
  askers: number;
}

interface OnItsWay extends UnderWay {
  readonly reply: Promise<Reply<Asked>>;
}

/** As many values as answers may hold together before the oldest are forgotten: some ten megabytes. */
const room = 400_000;

export class Desk {
  readonly client: Client;
  readonly #onTheirWay = new Map<string, OnItsWay>();
  /** From the one longest unused to the newest. */
  readonly #kept = new Map<string, { readonly reply: Reply<Asked>; readonly size: number }>();
  #size = 0;
  #version = 0;

  constructor(client: Client) {
    this.client = client;
  }

  /** What names a question; it changes with everything that changes the answer. */
  keyOf<V extends Asked>(verb: V, request: Verbs[V]["request"]): string {
    return `${this.#version} ${verb} ${JSON.stringify(request)}`;
  }

  /** Rejects with an AbortError once the signal is aborted; the server stops when nobody waits any more. */
  async ask<V extends Asked>(
    verb: V,
    request: Verbs[V]["request"],
    how: How = {},
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Reply<V>> {
    const key = this.keyOf(verb, request);
    const kept = how.again ? undefined : this.#kept.get(key);
    if (kept !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept.reply as Reply<V>;
    }
    const underWay = how.again ? undefined : this.#onTheirWay.get(key);
    const shared = underWay ?? this.#send(key, verb, request, how.long ?? false);
    return (await this.#wait(shared, how, signal)) as Reply<V>;
  }

  /** Forgets what was answered: the model behind a name may be another now. */
  forget(): void {
    this.#version++;
    this.#kept.clear();
    this.#size = 0;
  }

  #send<V extends Asked>(key: string, verb: V, request: Verbs[V]["request"], long: boolean): OnItsWay {
    const under: UnderWay = {
      key,
      asking: new AbortController(),
      listeners: new Set<Listener>(),
      latest: undefined,
      id: undefined,
      askers: 0,
    };
    const reply = (async () => {
      // Whoever asks has to be among the listeners before the first of them is called.
      await Promise.resolve();
      try {
        const answer = long
          ? await this.#job(verb, request, under)
          : { result: await this.client.call(verb, request, under.asking.signal), job: undefined };
        if (this.#onTheirWay.get(key) === under) this.#keep(key, answer);
        return answer;
      } finally {
        this.#done(under);
      }
    })();
    const sent = Object.assign(under, { reply });
    this.#onTheirWay.set(key, sent);
    return sent;
  }

  /** Follows a job that stands on the server, whoever began it. */
  async follow<V extends Asked>(id: string, on: Listener, signal: AbortSignal): Promise<Reply<V>> {
    let job: JobView | undefined;
    const result = await this.client.follow<V>(id, { ...on, done: (finished) => (job = finished) }, signal);
    return { result, job };
  }

  async #job<V extends Asked>(verb: V, request: Verbs[V]["request"], sent: UnderWay): Promise<Reply<V>> {
    let job: JobView | undefined;
    const result = await this.client.job(
      verb,
      request,
      {
        begun: (id) => {
          sent.id = id;
          for (const listener of sent.listeners) listener.begun?.(id);
        },
        done: (finished) => (job = finished),
        progress: (progress) => {
          sent.latest = progress;
          for (const listener of sent.listeners) listener.progress?.(progress);
        },
        token: (token) => {
          for (const listener of sent.listeners) listener.token?.(token);
        },
      },
      sent.asking.signal,
    );
    return { result, job };
  }

  #wait(sent: OnItsWay, listener: Listener, signal: AbortSignal): Promise<Reply<Asked>> {
    return new Promise((done, fail) => {
      const leave = () => {
        signal.removeEventListener("abort", give);
        sent.listeners.delete(listener);
        sent.askers--;
      };
      const give = () => {
        leave();
        if (sent.askers === 0) {
          this.#done(sent);
          sent.asking.abort();
        }
        fail(new DOMException("cancelled", "AbortError"));
      };
      sent.askers++;
      sent.listeners.add(listener);
      if (sent.id !== undefined) listener.begun?.(sent.id);
      if (sent.latest !== undefined) listener.progress?.(sent.latest);
      sent.reply.then(
        (reply) => {
          if (!signal.aborted) leave();
          done(reply);
        },
        (error: unknown) => {
          if (!signal.aborted) leave();
          fail(error as Error);
        },
      );
      if (signal.aborted) give();
      else signal.addEventListener("abort", give, { once: true });
    });
  }

  /** From now on an equal question is asked anew. */
  #done(sent: UnderWay): void {
    if (this.#onTheirWay.get(sent.key) === sent) this.#onTheirWay.delete(sent.key);
  }

  #keep(key: string, reply: Reply<Asked>): void {
    const size = sizeOf(reply.result);
    if (size > room) return;
    this.#kept.delete(key);
    this.#kept.set(key, { reply, size });
    this.#size += size;
    for (const [oldest, { size: freed }] of this.#kept) {
      if (this.#size <= room) break;
      this.#kept.delete(oldest);
      this.#size -= freed;
    }
  }
}

/** How many values an answer holds. */
function sizeOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  let sum = 1;
  for (const part of Object.values(value)) sum += sizeOf(part);
  return sum;
}
