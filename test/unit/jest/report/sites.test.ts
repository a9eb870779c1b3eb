import type { Site } from '../../../../src/errors/site';
import { siteOfCall, siteOfError, siteOfUnread } from '../../../../src/jest/report/sites';
import { realm } from '../support';

function siteOf(...frames: string[]) {
  return siteOfError({ stack: ['Error: text', ...frames.map(frame => `    at ${frame}`)].join('\n') }, '/p');
}

test.each([
  ['fn (/p/test/a.test.ts:3:7)', 'test/a.test.ts:3'],
  ['/p/test/a.test.ts:3:7', 'test/a.test.ts:3'],
  ['async fn (/p/a.ts:3:7)', 'a.ts:3'],
  ['new Pool (/p/a.ts:3:7)', 'a.ts:3'],
  ['Object.<anonymous> (/p/a.ts:3:7)', 'a.ts:3'],
  ['Object.get [as db] (/p/a.ts:3:7)', 'a.ts:3'],
  ['file:///p/a.mts:3:7', 'a.mts:3'],
  ['fn (file:///p/a.mts:3:7)', 'a.mts:3'],
  ['fn (file:///p/with%20space/%C3%A4.mts:3:7)', 'with space/ä.mts:3'],
  ['fn (/p/with space/a.ts:3:7)', 'with space/a.ts:3'],
  ['fn (/p/app/(auth)/a.ts:3:7)', 'app/(auth)/a.ts:3'],
  ['/p/app/(auth)/a.ts:3:7', 'app/(auth)/a.ts:3'],
  ['async /p/a.ts:3:7', 'a.ts:3'],
  ['fn (/q/a.ts:3:7)', '/q/a.ts:3'],
])('the place of "%s" is %s', (frame, at) => {
  expect(siteOf(frame).at).toBe(at);
});

test('a place has an absolute path and a line', () => {
  const { path, line } = siteOf('fn (/p/test/a.test.ts:3:7)');
  expect([path, line]).toEqual(['/p/test/a.test.ts', 3]);
});

test('frames of Jest, Node and this package are cut; those of other packages stay', () => {
  const site = siteOf(
    'ours (/home/me/node_modules/jest-circus/build/x.js:1:1)',
    `ours (${require.resolve('../../../../src/jest/report/sites')}:1:1)`,
    'load (/p/node_modules/jest-runtime/build/index.js:1:1)',
    'node:internal/process/task_queues:95:5',
    'run (node:vm:1:1)',
    'helper (/p/node_modules/helper/index.js:1:1)',
    'fn (/p/a.ts:3:7)',
  );
  expect(site.frames).toBe('    at helper (/p/node_modules/helper/index.js:1:1)\n    at fn (/p/a.ts:3:7)');
});

test('frames without a place are kept; the first place comes after them', () => {
  const site = siteOf('Array.forEach (<anonymous>)', 'fn (/p/a.ts:3:7)');
  expect(site.at).toBe('a.ts:3');
  expect(site.frames).toContain('Array.forEach');
});

test.each([[{ stack: '' }], [{}], [{ stack: 'Error: at fn (/p/a.ts:3:7)' }]])(
  'of %j no place is known',
  error => {
    const { at, path, line, frames } = siteOfError(error, '/p');
    expect([at, path, line, frames]).toEqual([undefined, undefined, undefined, '']);
  },
);

test('the stack is read on demand, once', () => {
  const error = {
    get stack(): string {
      return read();
    },
  };
  const read = jest.fn(() => '    at fn (/p/a.ts:3:7)');
  const site = siteOfError(error, '/p');
  expect(read).not.toHaveBeenCalled();
  expect([site.at, site.line, site.frames].length).toBe(3);
  expect(read).toHaveBeenCalledTimes(1);
});

test('the place of a call is where our function was called, not inside it', () => {
  const outer = realm.wrap((_, self) => siteOfCall(realm, self, __dirname));
  const { stack } = new Error();
  const site = outer() as ReturnType<typeof siteOfCall>;
  const line = Number(/sites\.test\.ts:(\d+)/.exec(stack!)![1]);
  expect([site.at, site.line]).toEqual([`sites.test.ts:${line + 1}`, line + 1]);
});

describe('a formatter of stacks, such as that of Jest', () => {
  const { prepareStackTrace } = Error;
  afterEach(() => {
    Error.prepareStackTrace = prepareStackTrace;
  });
  const formatted = jest.fn((_: Error, frames: NodeJS.CallSite[]) =>
    [
      'Error: ',
      ...frames.map(frame => `    at mapped (${frame.getFileName()}:${1000 + frame.getLineNumber()!}:1)`),
    ].join('\n'),
  );
  const made = (): Site => {
    const outer = realm.wrap((_, self) => siteOfCall(realm, self, __dirname));
    Error.prepareStackTrace = formatted;
    formatted.mockClear();
    return outer() as Site;
  };

  test('formats one frame for a place, and the stack where a message shows it', () => {
    const site = made();
    expect(formatted).not.toHaveBeenCalled();
    expect(site.at).toMatch(/^sites\.test\.ts:1\d{3}$/);
    expect(formatted.mock.calls.map(([, frames]) => frames.length)).toEqual([1]);
    expect(site.frames.split('\n')[0]).toMatch(/^ {4}at mapped \(.*sites\.test\.ts:1\d{3}:1\)$/);
    expect(formatted.mock.calls.at(-1)![1].length).toBeGreaterThan(1);
    expect(Error.prepareStackTrace).toBe(formatted);
  });

  test('formats one frame of an error, whose stack stays what it was', () => {
    const [placed, read] = [0, 1].map(() => new Error('given'));
    Error.prepareStackTrace = formatted;
    const site = siteOfUnread(realm, placed!, __dirname);
    formatted.mockClear();
    expect(site.at).toMatch(/^sites\.test\.ts:1\d{3}$/);
    expect(formatted.mock.calls.map(([, frames]) => frames.length)).toEqual([1]);
    placed!.message = 'changed before the stack is read';
    expect(placed!.stack).toBe(read!.stack);
    expect(formatted.mock.calls.at(-2)![0]).toBe(placed);
    const known = formatted.mock.calls.length;
    expect([placed!.stack, Object.keys(placed!)]).toEqual([read!.stack, []]);
    expect(formatted).toHaveBeenCalledTimes(known);
    placed!.stack = 'set';
    expect(placed!.stack).toBe('set');
  });

  test('an error that is placed twice keeps its stack, too', () => {
    const error = new Error('given');
    Error.prepareStackTrace = formatted;
    const places = [1, 2].map(() => siteOfUnread(realm, error, __dirname).at);
    expect(places).toEqual([places[0], places[0]]);
    expect(places[0]).toMatch(/^sites\.test\.ts:1\d{3}$/);
    expect(error.stack).toBe(formatted.mock.results.at(-1)!.value);
  });

  test.each<[string, (error: Error) => void]>([
    [
      'set',
      error => {
        error.stack = 'Error: \n    at fn (/p/b.ts:4:7)';
      },
    ],
    ['read', error => void error.stack],
  ])('an error whose stack was %s keeps it', (_, before) => {
    const error = new Error('given');
    Error.prepareStackTrace = () => 'Error: \n    at fn (/p/b.ts:4:7)';
    before(error);
    Error.prepareStackTrace = formatted;
    expect([siteOfUnread(realm, error, '/p').at, error.stack]).toEqual([
      'b.ts:4',
      'Error: \n    at fn (/p/b.ts:4:7)',
    ]);
  });

  test('and may throw', () => {
    const site = made();
    Error.prepareStackTrace = () => {
      throw new Error('from the formatter');
    };
    expect([site.at, site.path]).toEqual([undefined, undefined]);
  });

  test('and may be frozen', () => {
    const Frozen = Object.freeze(class extends Error {}) as ErrorConstructor;
    const outer = realm.wrap((_, self) => siteOfCall({ ...realm, Error: Frozen }, self, __dirname));
    Error.prepareStackTrace = formatted;
    expect((outer() as Site).at).toMatch(/^sites\.test\.ts:1\d{3}$/);
  });

  test('a stack that is text already is taken as it is', () => {
    const outer = realm.wrap((_, self) =>
      siteOfCall({ ...realm, Error: class extends Error {} as ErrorConstructor }, self, '/p'),
    );
    Error.prepareStackTrace = () => 'Error: \n    at fn (/p/a.ts:3:7)';
    const site = outer() as Site;
    expect([site.at, site.frames]).toEqual(['a.ts:3', '    at fn (/p/a.ts:3:7)']);
  });
});
