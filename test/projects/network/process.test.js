const { execFile, spawn } = require('node:child_process');
const { once } = require('node:events');
const { createInterface } = require('node:readline');
const { promisify } = require('node:util');
const { MessageChannel, Worker } = require('node:worker_threads');

const ECHO = "process.stdin.on('data', text => process.stdout.write(String(text).toUpperCase()))";
// A process that the file's tests talk to, and one for each test.
fixture('echo', { scope: 'file' }, async function* () {
  const child = spawn(process.execPath, ['-e', `${ECHO}; console.log('ready')`]);
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  yield async line => {
    const answer = once(lines, 'line');
    child.stdin.write(`${line}\n`);
    return (await answer)[0];
  };
  child.kill();
  await once(child, 'exit');
});
fixture('worker', async function* () {
  const worker = new Worker(
    "const { parentPort } = require('node:worker_threads'); parentPort.on('message', n => parentPort.postMessage(n + 1))",
    { eval: true },
  );
  await once(worker, 'online');
  yield worker;
  await worker.terminate();
});

test('a line to a process', async ({ echo }) => expect(await echo('a')).toBe('A'));
test('another', async ({ echo }) => expect(await echo('b')).toBe('B'));
test('execFile', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['-p', '1 + 1']);
  expect(stdout).toBe('2\n');
});
test('execFile with a limit', async () => {
  const options = { timeout: 50, killSignal: 'SIGKILL' };
  const work = promisify(execFile)(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], options);
  await expect(work).rejects.toMatchObject({ killed: true });
});
test('one that does not exist', async () => {
  await expect(once(spawn('/does/not/exist'), 'spawn')).rejects.toMatchObject({ code: 'ENOENT' });
});
test('a worker thread', async ({ worker }) => {
  worker.postMessage(1);
  expect(await once(worker, 'message')).toEqual([2]);
});
test('a message channel', async () => {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage('hello');
  expect(await once(port2, 'message')).toEqual(['hello']);
  port1.close();
});
