test('each has its Loop', ({ directoryTicks, workerTicks, sessionTicks }) => {
  expect(directoryTicks).toMatch(/^directory .*wide-loops loop$/);
  expect([workerTicks, sessionTicks]).toEqual(['worker loop', 'session loop']);
});
test('which is its own', ({ loopOfWorker, loopOfOwn, eventLoop }) => {
  expect(loopOfWorker.same).toBe(true);
  expect(new Set([loopOfWorker.eventLoop, loopOfOwn.eventLoop, eventLoop]).size).toBe(3);
  expect(loopOfWorker.eventLoop.closed).toBe(false);
});
test('loopScope of fixtures', ({
  loopOfWorker,
  loopOfOwn,
  directoryInWorker,
  fileInWorker,
  testInDirectory,
}) => {
  expect(directoryInWorker.eventLoop).toBe(loopOfWorker.eventLoop);
  expect(fileInWorker.eventLoop).toBe(loopOfWorker.eventLoop);
  expect(testInDirectory.eventLoop).toBe(loopOfOwn.eventLoop);
});
test('loopScope of a test: worker', { loopScope: 'worker' }, ({ loopOfWorker, eventLoop }) => {
  expect(eventLoop).toBe(loopOfWorker.eventLoop);
});
test.loopScope('directory')('loopScope of a test: directory', ({ loopOfOwn, eventLoop }) => {
  expect(eventLoop).toBe(loopOfOwn.eventLoop);
});

describe('an unhandled error', () => {
  const settled = () => new Promise(resolve => setTimeout(resolve, 30));
  test('rejection, of the file', async ({ emitter }) => {
    emitter.emit('reject', 'rejected, of the file');
    await settled();
  });
  test('timer, of the file', async ({ emitter }) => {
    emitter.emit('throw', 'thrown, of the file');
    await settled();
  });
  test.catchLoopExceptions('of the test', async ({ emitter }) => {
    emitter.emit('reject', 'rejected, of the test');
    emitter.emit('throw', 'thrown, of the test');
    await settled();
  });
  describe('collected', () => {
    mark.catchLoopExceptions(false);
    test('fails nothing', async ({ emitter, loopExceptions }) => {
      emitter.emit('reject', 'rejected, collected');
      emitter.emit('throw', 'thrown, collected');
      await settled();
      expect(loopExceptions.map(String).sort()).toEqual([
        'RangeError: thrown, collected',
        'TypeError: rejected, collected',
      ]);
      expect(loopExceptions.some(error => error instanceof TypeError)).toBe(true);
    });
  });
});

test('a task of it fails', async ({ watchdog, request }) => {
  watchdog.bite();
  await new Promise((_, reject) =>
    request.signal.addEventListener('abort', () => reject(request.signal.reason)),
  );
});

describe('AsyncLocalStorage', () => {
  test('of a fixture that it requests', ({ storage }) => {
    expect(storage.getStore()).toBe('of the worker');
    storage.enterWith('of a test');
  });
  test('not of another test', ({ storage }) => {
    expect(storage.getStore()).toBe('of the worker');
  });
  test('through fixtures', ({ inFile, storage }) => {
    expect(inFile).toBe('of the worker, seen in the file');
  });
  test('the narrowest', ({ entered, storage }) => {
    expect(storage.getStore()).toBe('of the directory');
  });
  test('what a test has put there is seen by no fixture', async ({ storage, request }) => {
    storage.enterWith('of a test');
    expect(await request.get('neverFromTests')).toBe('of the worker');
    expect(storage.getStore()).toBe('of a test');
  });
});
