import { types } from 'node:util';
import { ContextRecording } from '../../../src/context/recording';
import { watchContext } from '../../../src/context/watch';
import { FORMS, UNSET } from './forms';
import { CODE, newStep, type Storage, seen, sleep, storage } from './support';

let unwatch: () => void;
beforeAll(() => {
  unwatch = watchContext();
});
afterAll(() => unwatch());

/** Runs it as far as a set-up goes. */
async function setUp(
  made: (use: () => Promise<void>) => unknown,
  usesUse: boolean,
): Promise<ContextRecording> {
  const recording = new ContextRecording(newStep('a set-up'));
  await new Promise<void>((done, failed) => {
    const use = async (): Promise<void> => {
      recording.capture();
      done();
      await sleep();
    };
    const begun = recording.begin([], () => {
      const result = made(use);
      const next = (result as { next?: () => unknown } | undefined)?.next;
      return next === undefined ? result : next.call(result);
    });
    if (types.isPromise(begun)) begun.then(() => usesUse || done(), failed);
    else if (!usesUse) done();
  });
  recording.stop();
  return recording;
}

describe.each(CODE)('what is left %s by a', (_where, run) => {
  let a: Storage;
  let b: Storage;
  beforeEach(() => {
    a = storage();
    b = storage();
  });

  const make = (source: string): ((use: () => Promise<void>) => unknown) =>
    run(source, { a, b, sleep, setTimeout }) as () => unknown;

  test.each(FORMS)('$name', async ({ source, leaves }) => {
    const recording = await setUp(make(source), source.includes('use'));
    expect(seen(recording.values(), a, b)).toEqual(leaves);
    // What is not left is not among the values either.
    expect(recording.values()).toHaveLength(leaves.filter(value => value !== UNSET).length);
    expect([a.getStore(), b.getStore()]).toEqual([UNSET, UNSET]);
  });
});
