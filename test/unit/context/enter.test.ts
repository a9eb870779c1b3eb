import { AsyncLocalStorage, AsyncResource, createHook } from 'node:async_hooks';
import { enterIsolated } from '../../../src/context/enter';
import { currentStep } from '../../../src/loop/steps/step';
import { CODE, newStep, type Storage, seen, sleep, storage } from './support';

let a: Storage;
let b: Storage;
beforeEach(() => {
  a = storage();
  b = storage();
});

test('the step and its values are visible, also after an await, but not to the caller', async () => {
  const step = newStep();
  const look = (): unknown[] => [currentStep(), a.getStore(), b.getStore()];
  const later = enterIsolated(
    step,
    [
      [a, 1],
      [b, 2],
    ],
    async () => {
      const before = look();
      await sleep();
      return [before, look()];
    },
  );
  expect(look()).toEqual([undefined, undefined, undefined]);
  const [before, after] = await later;
  expect([before, after]).toEqual([
    [step, 1, 2],
    [step, 1, 2],
  ]);
  expect(look()).toEqual([undefined, undefined, undefined]);
});

test('the later of two values counts', () => {
  const values = [
    [a, 1],
    [b, 2],
    [a, 3],
  ] as const;
  expect(seen(values, a, b)).toEqual([3, 2]);
});

test("the caller's values are visible unless replaced", () => {
  a.run('of the caller', () =>
    b.run('of the caller', () => {
      expect(seen([[b, 2]], a, b)).toEqual(['of the caller', 2]);
      expect([a.getStore(), b.getStore()]).toEqual(['of the caller', 'of the caller']);
    }),
  );
});

test("it passes the function's result or error on", () => {
  expect(enterIsolated(newStep(), [], () => 5)).toBe(5);
  const thrown = new Error('mine');
  const fail = (): never => {
    a.enterWith(1);
    throw thrown;
  };
  expect(() => enterIsolated(newStep(), [[b, 2]], fail)).toThrow(thrown);
  expect([currentStep(), a.getStore(), b.getStore()]).toEqual([undefined, undefined, undefined]);
});

describe.each(CODE)('code %s', (_where, run) => {
  const make = (source: string): (() => unknown) => run(source, { a, b, sleep }) as () => unknown;

  test.each([
    ['a sync function', '() => { a.enterWith(1); }'],
    ['an async function', 'async () => { a.enterWith(1); await 0; a.enterWith(2); await sleep(); }'],
    [
      'an async function in a run',
      '() => b.run(1, async () => { a.enterWith(1); b.enterWith(2); await 0; })',
    ],
    ['a nested helper', 'async () => { await (async () => { a.enterWith(1); await 0; })(); }'],
    ['a generator', '() => (function* () { a.enterWith(1); yield; })().next()'],
    ['an async generator', '() => (async function* () { a.enterWith(1); yield; })().next()'],
  ])('what %s enters, neither the caller sees nor the next step', async (_name, source) => {
    const look = (): unknown[] => [a.getStore(), b.getStore()];
    const nothing = [undefined, undefined];
    const result = enterIsolated(newStep(), [], make(source));
    expect(look()).toEqual(nothing);
    expect(seen([], a, b)).toEqual(nothing);
    await result;
    expect(look()).toEqual(nothing);
    expect(seen([], a, b)).toEqual(nothing);
    await sleep();
    expect(look()).toEqual(nothing);
  });

  test('an async function keeps what it entered before its first await', async () => {
    const source = 'async () => { a.enterWith(1); await sleep(); return a.getStore(); }';
    expect(await enterIsolated(newStep(), [], make(source))).toBe(1);
  });
});

test('nested steps in synchronous code do not see each other', () => {
  const outer = newStep('outer');
  const inner = newStep('inner');
  enterIsolated(outer, [], () => {
    a.enterWith(1);
    enterIsolated(inner, [[b, 2]], () => {
      expect([currentStep(), a.getStore(), b.getStore()]).toEqual([inner, 1, 2]);
      a.enterWith(3);
    });
    expect([currentStep(), a.getStore(), b.getStore()]).toEqual([outer, 1, undefined]);
  });
});

test('undefined is a value', () => {
  a.run(1, () => expect(seen([[a, undefined]], a)).toEqual([undefined]));
});

test('a storage that changes entered values gets them as they lay in the context', () => {
  // As tracers do.
  class Marking extends AsyncLocalStorage<unknown> {
    override enterWith(value: unknown): void {
      super.enterWith(`(${value})`);
    }
  }
  const marking = new Marking();
  expect(seen([[marking, 'as it lay']], marking)).toEqual(['as it lay']);
});

test('a snapshot, or a resource, of another context still works inside', () => {
  const other = a.run('other', () => new AsyncResource('other'));
  enterIsolated(newStep(), [[a, 1]], () => {
    expect(other.runInAsyncScope(() => a.getStore())).toBe('other');
    expect(a.getStore()).toBe(1);
  });
});

test('no handle stays open', async () => {
  const open = new Set<number>();
  const hook = createHook({
    init: (id, type) => type === 'jest-loop' && open.add(id),
    destroy: id => open.delete(id),
  }).enable();
  enterIsolated(newStep(), [], () => {});
  expect(open.size).toBe(1);
  await sleep(5);
  hook.disable();
  expect(open.size).toBe(0);
});
