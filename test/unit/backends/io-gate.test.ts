import { type Driven, IoGate } from '../../../src/backends/io-gate';
import type { Look } from '../../../src/backends/real-io';
import { Spawned } from '../../../src/backends/spawned';
import { OtherTimers } from '../../../src/backends/surroundings';

const SPAWNED = new Spawned();
afterAll(() => SPAWNED.close());

/** A gate over a process that the test describes. */
class Described {
  look: Look = {
    at: 1000,
    cpu: 0,
    requests: false,
    handles: false,
    mayWake: false,
    timers: 2,
    traffic: 0,
  };
  mayBeWoken = false;
  isStuck = false;
  readonly timers = new OtherTimers(() => 1);
  readonly gate: IoGate;

  constructor() {
    const driven: Driven = {
      isAwaited: () => true,
      mayBeWoken: () => this.mayBeWoken,
      ownTimers: () => 1,
      stuck: () => {
        this.isStuck = true;
      },
    };
    const io = { look: () => this.look };
    this.gate = new IoGate(driven, { spawned: SPAWNED, timers: this.timers }, 0, io);
    // The first look only learns how things are.
    this.pass(25);
  }

  /** Looks again after some ms, with changes. */
  pass(ms: number, change: Partial<Look> = {}): void {
    this.look = { ...this.look, at: this.look.at + ms, ...change };
    this.gate.idle();
  }

  /** How many quiet looks it takes until the test is stuck. */
  looksUntilStuck(ms: number): number {
    for (let looks = 1; looks <= 100; looks++) {
      this.pass(ms);
      if (this.isStuck) return looks;
    }
    return Number.POSITIVE_INFINITY;
  }
}

test('a test is stuck after many looks that find nothing', () => {
  expect(new Described().looksUntilStuck(25)).toBe(16);
});

test('a process that was paused for long needs as many: what became due meanwhile comes first', () => {
  const described = new Described();
  described.pass(5000);
  expect(described.isStuck).toBe(false);
  expect(described.looksUntilStuck(1000)).toBe(15);
});

test('looks at the same moment count once', () => {
  const described = new Described();
  for (let look = 0; look < 100; look++) described.pass(0);
  expect(described.isStuck).toBe(false);
});

test.each<[string, Partial<Look>]>([
  ['a request', { requests: true }],
  ['an open socket', { handles: true }],
  ['an immediate', { mayWake: true }],
  ['a real timer', { timers: 3 }],
])('%s may wake it, and then it is looked at anew', (_, change) => {
  const described = new Described();
  const before = described.look;
  for (let look = 0; look < 10; look++) described.pass(25);
  for (let look = 0; look < 40; look++) described.pass(25, change);
  expect(described.isStuck).toBe(false);
  described.look = { ...before, at: described.look.at };
  expect(described.looksUntilStuck(25)).toBe(16);
});

test.each<[string, (at: number) => Partial<Look>]>([
  ['traffic', at => ({ traffic: at })],
  ['a thread at work', at => ({ cpu: at / 2 })],
])('%s may wake it as long as it goes on', (_, change) => {
  const described = new Described();
  for (let look = 0; look < 40; look++) described.pass(25, change(described.look.at));
  expect(described.isStuck).toBe(false);
  described.pass(25);
  expect(described.looksUntilStuck(25)).toBeLessThanOrEqual(16);
});

test('other code of the file may wake it', () => {
  const described = new Described();
  described.mayBeWoken = true;
  expect(described.looksUntilStuck(25)).toBe(Number.POSITIVE_INFINITY);
});

test("timers of Jest's own process do not count, nor does one that goes away hide another", () => {
  const timers = new OtherTimers(() => 1);
  // An interval of a reporter, and one that ends soon.
  timers.see(3);
  expect(timers.areMore(3)).toBe(false);
  expect(timers.areMore(2)).toBe(false);
  expect(timers.areMore(3)).toBe(true);
});
