import { factoryEnded, invalidFamily, noPort } from '../errors/network/network';
import { checkOptions, networkError } from './check';
import type { IpFamily, Reserve, Reserved } from './reserve';

/** The options of a port factory. See docs/network.md. */
export interface PortOptions {
  /** The family on which the port must be free. @default a port that is free on IPv4 and on IPv6 */
  readonly family?: IpFamily;
}

/** Ports that were given in this run already are reserved meanwhile, so that the system chooses others. */
const MOST_TRIES = 1000;

/** The ports of one scope: no port twice in a run, each held until the scope ends where the system allows that. */
export class PortFactory {
  readonly #held = new Set<Reserved>();
  #ended = false;

  constructor(
    /** How messages call it. */
    readonly call: string,
    readonly reserve: Reserve,
    /** Whether the port has not been given in this run; from now on it has. */
    readonly claim: (port: number) => Promise<boolean>,
  ) {}

  /** A port that nothing uses. */
  async next(options: PortOptions = {}): Promise<number> {
    checkOptions(this.call, options, ['family']);
    const { family } = options;
    if (family !== undefined && family !== 4 && family !== 6)
      throw networkError(invalidFamily(this.call, options));
    const refused: Reserved[] = [];
    try {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        if (this.#ended) throw networkError(factoryEnded(this.call));
        const reserved = await this.reserve(this.call, family);
        if (!(await this.claim(reserved.port))) {
          refused.push(reserved);
          continue;
        }
        if (reserved.shared && !this.#ended) this.#held.add(reserved);
        else reserved.close();
        return reserved.port;
      }
      throw networkError(
        noPort(this.call, `the run has used all that the system chose in ${MOST_TRIES} tries`),
      );
    } finally {
      for (const each of refused) each.close();
    }
  }

  /** Releases what it holds; gives no more. */
  end(): void {
    this.#ended = true;
    for (const each of this.#held) each.close();
    this.#held.clear();
  }
}
