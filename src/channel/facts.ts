import { unknownRequest } from '../errors/broker';
import { channelError } from './channel-error';

/** Small things that all processes of a run agree on. */
export interface SharedFacts {
  /** True for the first in the whole run who claims this key; `1` and `'1'` are two keys. */
  claim(kind: string, key: Key): Promise<boolean>;
  /** Lets somebody else claim it. What is not released stays claimed, also when its process has died. */
  release(kind: string, key: Key): Promise<void>;
  /** 1, 2, 3, …: each number is given once in the whole run. */
  next(kind: string): Promise<number>;
}

type Key = string | number;

/** The method of the requests about facts. */
export const FACTS = 'facts';

/** Such a request: what is asked, of which kind, and the key if it has one. */
type Question =
  | { readonly ask: 'claim' | 'release'; readonly kind: string; readonly key: Key }
  | { readonly ask: 'next'; readonly kind: string };

/** The facts themselves, in the process that holds them for all. */
export class Facts implements SharedFacts {
  readonly #claimed = new Map<string, Set<Key>>();
  readonly #numbers = new Map<string, number>();

  async claim(kind: string, key: Key): Promise<boolean> {
    const claimed = this.#claimed.get(kind) ?? new Set();
    if (claimed.has(key)) return false;
    this.#claimed.set(kind, claimed.add(key));
    return true;
  }

  async release(kind: string, key: Key): Promise<void> {
    this.#claimed.get(kind)?.delete(key);
  }

  async next(kind: string): Promise<number> {
    const number = (this.#numbers.get(kind) ?? 0) + 1;
    this.#numbers.set(kind, number);
    return number;
  }

  /** Answers a request of another process: the payload of a request `FACTS`. */
  answer(payload: unknown): Promise<unknown> {
    if (!isQuestion(payload)) throw channelError(unknownRequest(FACTS));
    const { ask, kind } = payload;
    if (ask === 'next') return this.next(kind);
    return this[ask](kind, payload.key);
  }
}

/** The same facts from another process; `client` is connected to the one that has them. */
export function factsOver(client: {
  request(method: string, payload: unknown): Promise<unknown>;
}): SharedFacts {
  const put = (question: Question): Promise<unknown> => client.request(FACTS, question);
  return {
    claim: (kind, key) => put({ ask: 'claim', kind, key }) as Promise<boolean>,
    release: (kind, key) => put({ ask: 'release', kind, key }) as Promise<void>,
    next: kind => put({ ask: 'next', kind }) as Promise<number>,
  };
}

function isQuestion(payload: unknown): payload is Question {
  const { ask, kind, key } = Object(payload) as Record<string, unknown>;
  if (typeof kind !== 'string') return false;
  if (ask === 'next') return true;
  return (ask === 'claim' || ask === 'release') && (typeof key === 'string' || typeof key === 'number');
}
