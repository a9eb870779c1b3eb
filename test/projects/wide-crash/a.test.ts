test('first', ({ workerFails }) => {});
test('again', ({ workerFails }) => {});
test('through what depends on it', ({ onWorker }) => {});
test.failing('that is to fail', ({ workerFails }) => {});
test('from a test', async ({ request }) => {
  const error = await request.get('workerFails').catch(error => error);
  expect(error).toBeInstanceOf(TypeError);
  expect(error).toMatchObject({ name: 'TypeError', code: 'E_ROOM', at: { list: [1] } });
  expect(error.message).toMatch(/^worker failed \(first seen in "first" at a\.test\.[jt]s:1\)$/);
  expect(error.cause).toBeInstanceOf(RangeError);
});
test('is handled', async ({ request }) => {
  const error = await request.get('ofClass').catch(error => error);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ message: 'no database', name: 'DatabaseError', port: 1 });
  expect(String(error)).toBe('DatabaseError: no database');
});
test('no error', async ({ request }) => {
  await expect(request.get('noError')).rejects.toThrow('Fixture "noError" threw "a string" in its set-up');
});
test('never yields', ({ neverYields }) => {});
test('session', ({ sessionFails }) => {});
test('session, from a test', async ({ request }) => {
  const error = await request.get('sessionFails').catch(error => error);
  expect(error).toBeInstanceOf(TypeError);
  expect(error).toMatchObject({ name: 'TypeError', code: 'E_ROOM', at: { list: [1] } });
  expect(error.cause).toBeInstanceOf(RangeError);
});
test('what depends on it', ({ onSession }) => {});
test('cannot cross', ({ uncrossable }) => {});
test('cannot cross, from a test', async ({ request }) => {
  const error = await request.get('uncrossable').catch(error => error);
  expect(error).toBeInstanceOf(Error);
  expect(error.code).toBe('ERR_FIXTURE_CROSS');
  expect(error.message).toMatch(
    /^Session fixture "uncrossable" returned a value that cannot cross to a worker: value\.pool\.connect is a function\./,
  );
});
test('own directory', ({ ownFails }) => {});
test('twice', ({ failsTwice }) => {});
describe('a hook', () => {
  beforeAll(({ workerFails }) => {});
  test('that asks', () => {});
});
test('plain failure', ({ base }) => {
  throw new Error('plain');
});
