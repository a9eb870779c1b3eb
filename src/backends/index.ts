import { ChaosOrder } from '../chaos/chaos-order';
import { SeededChooser } from '../chaos/chooser';
import { fakeTimersOn, invalidBackendOption, noFakeTimers } from '../errors/loop/backends';
import type { ErrorFactory } from '../errors/problem';
import type { BackendChoice, LoopBackend } from '../loop/steps/backend';
import { processState } from '../process/process-state';
import type { Waiting } from '../process/waiting';
import { followBackends } from './ambient-clocks';
import type { FakeTimersClass } from './fake-clock';
import type { Driven } from './io-gate';
import { IN_ORDER, type Order } from './order';
import { realTimers } from './real-io';
import { Spawned } from './spawned';
import { OtherTimers, type Surroundings } from './surroundings';
import { VirtualBackend } from './virtual';

export type { Driven } from './io-gate';
export type { Order } from './order';
export { VirtualBackend } from './virtual';

/** The test file, as its backends see it. */
export interface BackendHost {
  readonly makeError: ErrorFactory;
  /** Its global object. */
  readonly globals: Record<PropertyKey, unknown>;
  /** The class of its fake timers; undefined where it has none. */
  readonly Fakes: FakeTimersClass | undefined;
  /** Its timers are numbers, as in a browser. */
  readonly numbers: boolean;
  /** The seed of the run. */
  seed(): number;
  /** Whether Jest's fake timers are on. */
  areFakesOn(): boolean;
}

/** What a backend is made for. */
export interface BackendSubject {
  /** The full name of the test that runs on it; undefined for a wider Loop, or one that a test makes. */
  readonly test: string | undefined;
  readonly driven: Driven;
  /** The order of ready work on `chaos`; undefined for that of the seed. */
  readonly order?: ((options: Options) => Order) | undefined;
}

/** The check of one option, with what it expects in words. */
type Check = readonly [expected: string, holds: (value: unknown) => boolean];

const isMs = (value: unknown): boolean =>
  typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY;
const MS: Check = ['a number of milliseconds from 0', isMs];

/** Checked options of a backend. */
type Options = Readonly<Record<string, unknown>>;

const isSeed = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const SEED: Check = ['a whole number from 0', isSeed];

/** One kind of backend: its options, and the order of what is ready. */
interface Kind {
  readonly checks: Readonly<Record<string, Check>>;
  order(options: Options, subject: BackendSubject, host: BackendHost): Order;
}

const KINDS: Readonly<Record<string, Kind>> = {
  virtual: { checks: { threshold: MS }, order: () => IN_ORDER },
  chaos: { checks: { threshold: MS, window: MS, seed: SEED }, order: chaosOrder },
};

/** Those that wait for a promise: with each that begins to, time may move again. */
class Awaiting extends Set<Waiting> {
  readonly #active: ReadonlySet<VirtualBackend>;

  constructor(active: ReadonlySet<VirtualBackend>) {
    super();
    this.#active = active;
  }

  override add(waiting: Waiting): this {
    // The constructor of Set may add before there are any.
    for (const backend of this.#active) backend.wake();
    return super.add(waiting);
  }
}

function chaosOrder(options: Options, { order, test }: BackendSubject, host: BackendHost): Order {
  const { window = 0, seed = host.seed() } = options as { window?: number; seed?: number };
  return order?.(options) ?? new ChaosOrder(window, new SeededChooser(seed, test ?? 'a Loop'));
}

/** The backends of one test file. The clocks of the file follow them while there are any. */
export class Backends {
  readonly #active = new Set<VirtualBackend>();
  #unfollow: (() => void) | undefined;
  #surroundings: Surroundings | undefined;

  constructor(readonly host: BackendHost) {}

  /** Makes one. Throws for bad options, or where time cannot be faked. The name is known to be one of `KINDS`. */
  make(choice: BackendChoice, subject: BackendSubject): LoopBackend {
    const { host } = this;
    const kind = KINDS[choice.name]!;
    this.#check(choice, kind);
    if (host.Fakes === undefined) throw host.makeError(noFakeTimers(choice.name));
    if (host.areFakesOn()) throw host.makeError(fakeTimersOn(choice.name));
    this.follow();
    const backend = new VirtualBackend({
      ...choice,
      Fakes: host.Fakes,
      numbers: host.numbers,
      driven: subject.driven,
      surroundings: this.#surroundings!,
      order: kind.order(choice.options, subject, host),
      ended: each => void this.#active.delete(each),
    });
    this.#active.add(backend);
    return backend;
  }

  /** From now on the clocks of the file follow its backends, also those read before the first one starts. */
  follow(): void {
    processState.awaiting ??= new Awaiting(this.#active);
    this.#unfollow ??= followBackends(this.host.globals);
    this.#surroundings ??= this.#lookAround();
  }

  #lookAround(): Surroundings {
    const timers = new OtherTimers(() => [...this.#active].reduce((sum, each) => sum + each.realTimers, 0));
    if (processState.realWork?.isIdle !== false) timers.see(realTimers());
    return { spawned: new Spawned(), timers };
  }

  /** The end of the file. */
  close(): void {
    for (const backend of [...this.#active]) backend.close();
    this.#unfollow?.();
    this.#unfollow = undefined;
    this.#surroundings?.spawned.close();
    this.#surroundings = undefined;
    processState.awaiting = undefined;
    processState.numbered = undefined;
  }

  #check({ name, options, site }: BackendChoice, { checks }: Kind): void {
    const known = Object.keys(checks);
    for (const [option, value] of Object.entries(options)) {
      const check = Object.hasOwn(checks, option) ? checks[option] : undefined;
      if (check !== undefined && (value === undefined || check[1](value))) continue;
      throw this.host.makeError(invalidBackendOption(name, option, check?.[0], value, known, site));
    }
  }
}
