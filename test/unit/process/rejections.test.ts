import { rejectionsReported, type Ticking } from '../../../src/process/rejections';

/** A process whose ticks run when they are called for. `report` is what Node does after all ticks. */
class Target implements Ticking {
  readonly ticks: (() => void)[] = [];
  _tickCallback: Ticking['_tickCallback'] & { name: string };

  constructor(name: string, report: () => void) {
    this._tickCallback = Object.defineProperty(report, 'name', { value: name });
  }

  nextTick(callback: () => void): void {
    this.ticks.push(callback);
  }
}

let happened: string[];
/** Lets all microtasks run. */
const drain = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await null;
};
const note = (): void => void rejectionsReported(target).then(() => happened.push('resolved'));
let target: Target;

beforeEach(() => {
  happened = [];
});

test('Node reports when all microtasks have run, and no turn is taken', async () => {
  target = new Target('runNextTicks', () => happened.push('reported'));
  note();
  await drain();
  expect(happened).toEqual([]);
  for (const tick of target.ticks) tick();
  await drain();
  expect(happened).toEqual(['reported', 'resolved']);
});

test('what a tick throws is left to Node', async () => {
  target = new Target('runNextTicks', () => {
    throw new Error('of a tick');
  });
  note();
  expect(target.ticks[0]).toThrow('of a tick');
  await drain();
  expect(happened).toEqual(['resolved']);
});

test('a turn is taken where Node has another function, or none', async () => {
  for (const name of ['deprecated', 'none']) {
    happened = [];
    target = new Target(name, () => happened.push('warned'));
    if (name === 'none') Reflect.deleteProperty(target, '_tickCallback');
    note();
    await drain();
    expect(happened).toEqual([]);
    await new Promise(resolve => setImmediate(resolve));
    expect([happened, target.ticks]).toEqual([['resolved'], []]);
  }
});

test('this version of Node needs no turn', () => {
  // The process of a sandbox is a copy.
  const { _tickCallback } = process as unknown as Ticking;
  expect(_tickCallback?.name).toBe('runNextTicks');
});
