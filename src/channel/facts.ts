import { unknownRequest } from '../errors/processes/channel';
import { channelError } from './channel-error';

/** Small facts that all processes of a run agree on. */
export interface SharedFacts {
  /** True for the first claim of this key in the whole run; `1` and `'1'` are two keys. */
  claim(kind: string, key: Key): Promise<boolean>;
  /** Lets another process claim it. A key stays claimed until then, even if its process dies. */
  release(kind: string, key: Key): Promise<void>;
  /** 1, 2, 3, …: each number once in the whole run. */
  next(kind: string): Promise<number>;
}

type Key = string | number;

/** The method of the requests about facts. */
export const FACTS = 'facts';

/** Such a request. */
type Question =
  | { readonly action: 'claim' | 'release'; readonly kind: string; readonly key: Key }
  | { readonly action: 'next'; readonly kind: string };

/** The facts, in the process that holds them. */
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

  /** Answers the payload of another process's request `FACTS`. */
  answer(payload: unknown): Promise<unknown> {
    if (!isQuestion(payload)) throw channelError(unknownRequest(FACTS));
    const { action, kind } = payload;
    if (action === 'next') return this.next(kind);
    return this[action](kind, payload.key);
  }
}

/** The same facts in another process; `client` is connected to the one that holds them. */
export function factsOver(client: {
  request(method: string, payload: unknown): Promise<unknown>;
}): SharedFacts {
  const put = (question: Question): Promise<unknown> => client.request(FACTS, question);
  return {
    claim: (kind, key) => put({ action: 'claim', kind, key }) as Promise<boolean>,
    release: (kind, key) => put({ action: 'release', kind, key }) as Promise<void>,
    next: kind => put({ action: 'next', kind }) as Promise<number>,
  };
}

function isQuestion(payload: unknown): payload is Question {
  const { action, kind, key } = Object(payload) as Record<string, unknown>;
  if (typeof kind !== 'string') return false;
  if (action === 'next') return true;
  return (action === 'claim' || action === 'release') && (typeof key === 'string' || typeof key === 'number');
}
