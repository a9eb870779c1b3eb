import { AsyncLocalStorage } from 'node:async_hooks';
import { watchCircusStorage } from '../../../../src/jest/environment/circus-storage';

const { run } = AsyncLocalStorage.prototype;
const entry = { type: 'test', unhandledRejectionErrorByPromise: new Map() };

afterEach(() => expect(AsyncLocalStorage.prototype.run).toBe(run));

test('the storage that a test is put into is switched off at the end, no other', () => {
  const [circus, own] = [new AsyncLocalStorage(), new AsyncLocalStorage()];
  const end = watchCircusStorage();
  own.enterWith('own');
  expect(own.run({ test: 'none' }, () => circus.run({ test: entry }, () => circus.getStore()))).toEqual({
    test: entry,
  });
  expect(AsyncLocalStorage.prototype.run).toBe(run);
  circus.enterWith('still enabled');
  expect(circus.getStore()).toBe('still enabled');
  end();
  expect([circus.getStore(), own.getStore()]).toEqual([undefined, 'own']);
  own.disable();
});

test('a file in which no test has run leaves nothing', () => {
  watchCircusStorage()();
});

test('one that was patched over passes on', () => {
  const end = watchCircusStorage();
  const ours = AsyncLocalStorage.prototype.run;
  AsyncLocalStorage.prototype.run = function (this: AsyncLocalStorage<unknown>, ...args: unknown[]) {
    return Reflect.apply(ours, this, args);
  } as typeof run;
  end();
  expect(new AsyncLocalStorage().run(1, () => 2)).toBe(2);
  AsyncLocalStorage.prototype.run = run;
});
