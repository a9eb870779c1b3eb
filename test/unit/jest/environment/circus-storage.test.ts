import { AsyncLocalStorage } from 'node:async_hooks';
import { watchCircusStorage } from '../../../../src/jest/environment/circus-storage';

const { run } = AsyncLocalStorage.prototype;
const entry = { type: 'test', unhandledRejectionErrorByPromise: new Map() };

afterEach(() => expect(AsyncLocalStorage.prototype.run).toBe(run));

test('at the end the storage that holds a test is disabled, and no other', () => {
  const [circus, other] = [new AsyncLocalStorage(), new AsyncLocalStorage()];
  const end = watchCircusStorage();
  other.enterWith('other');
  expect(other.run({ test: 'none' }, () => circus.run({ test: entry }, () => circus.getStore()))).toEqual({
    test: entry,
  });
  expect(AsyncLocalStorage.prototype.run).toBe(run);
  circus.enterWith('still enabled');
  expect(circus.getStore()).toBe('still enabled');
  end();
  expect([circus.getStore(), other.getStore()]).toEqual([undefined, 'other']);
  other.disable();
});

test('a file that runs no test leaves no patch', () => {
  watchCircusStorage()();
});

test('under a later patch it passes calls on', () => {
  const end = watchCircusStorage();
  const ours = AsyncLocalStorage.prototype.run;
  AsyncLocalStorage.prototype.run = function (this: AsyncLocalStorage<unknown>, ...args: unknown[]) {
    return Reflect.apply(ours, this, args);
  } as typeof run;
  end();
  expect(new AsyncLocalStorage().run(1, () => 2)).toBe(2);
  AsyncLocalStorage.prototype.run = run;
});
