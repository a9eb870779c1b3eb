const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { PassThrough, Readable, Transform, Writable } = require('node:stream');
const { pipeline } = require('node:stream/promises');
const { text } = require('node:stream/consumers');
const { setTimeout: sleep, setInterval: ticks } = require('node:timers/promises');
const zlib = require('node:zlib');

fixture('folder', { scope: 'file' }, async function* () {
  const folder = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'jest-loop-network-'));
  yield folder;
  await fs.promises.rm(folder, { recursive: true });
});
// Lines that come in their own time.
fixture(
  'slow',
  () => () =>
    Readable.from(
      (async function* () {
        for (let i = 0; i < 5; i++) {
          await sleep(2);
          yield `line ${i}\n`;
        }
      })(),
    ),
);
const fast = () => Readable.from(['line 0\n', 'line 1\n']);
const upper = () =>
  new Transform({
    transform(chunk, _encoding, done) {
      setTimeout(() => done(null, String(chunk).toUpperCase()), 1);
    },
  });

test('pipeline through transforms into a file', async ({ folder, slow }) => {
  const file = path.join(folder, 'lines.gz');
  await pipeline(slow(), upper(), zlib.createGzip(), fs.createWriteStream(file));
  const read = await text(fs.createReadStream(file).pipe(zlib.createGunzip()));
  expect(read).toBe([0, 1, 2, 3, 4].map(i => `LINE ${i}\n`).join(''));
});
test('a pipeline that fails', async () => {
  const broken = new Transform({ transform: (_chunk, _encoding, done) => done(new Error('broken')) });
  await expect(pipeline(fast(), broken, new PassThrough())).rejects.toThrow('broken');
});
test('a pipeline that is given up', async () => {
  const never = new Readable({ read() {} });
  const work = pipeline(never, new PassThrough(), { signal: AbortSignal.timeout(5) });
  await expect(work).rejects.toMatchObject({ name: 'AbortError' });
});
test('a stream that is left', async () => {
  for await (const line of fast()) {
    expect(line).toBe('line 0\n');
    break;
  }
});
test('backpressure', async () => {
  const seen = [];
  const sink = new Writable({
    highWaterMark: 2,
    objectMode: true,
    write(chunk, _encoding, done) {
      seen.push(chunk);
      setImmediate(done);
    },
  });
  await pipeline(Readable.from(Array.from({ length: 50 }, (_, i) => i)), sink);
  expect(seen).toHaveLength(50);
});
test('ticks that are left', async () => {
  let count = 0;
  for await (const _ of ticks(1)) if (++count === 3) break;
  expect(count).toBe(3);
});
test('web streams', async ({ slow }) => {
  const web = Readable.toWeb(slow()).pipeThrough(new CompressionStream('gzip'));
  const back = web.pipeThrough(new DecompressionStream('gzip'));
  expect(await text(Readable.fromWeb(back))).toContain('line 4');
});
test('zlib with promises and callbacks', done => {
  zlib.deflate('x'.repeat(1e5), (error, packed) => {
    expect(error).toBeNull();
    zlib.inflate(packed, (_, result) => {
      expect(result).toHaveLength(1e5);
      done();
    });
  });
});
