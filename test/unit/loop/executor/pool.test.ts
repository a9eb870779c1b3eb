import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import * as esbuild from 'esbuild';
import {
  type Executor,
  type PoolExecutor,
  type RemoteThrown,
  remakeError,
  remoteOf,
  type Work,
} from '../../../../src/loop/executor/executor';
import { makePool } from '../../../../src/loop/executor/pool';
import { isAlive } from '../../../alive';
import { turn } from '../../support';

const ROOT = path.resolve(__dirname, '../../../..');
const PLACE = path.join(ROOT, `.tmp/pool-${process.pid}`);
const KINDS = ['thread', 'process'] as const;
type Kind = (typeof KINDS)[number];

const script = path.join(PLACE, 'pool-worker.js');
const pools: Executor[] = [];

/** Threads and child processes of this process, and what leads to them. */
const workers = (): string[] =>
  process.getActiveResourcesInfo().filter(name => /Process|Worker|MessagePort/.test(name));
let before: string[];
/** The handle of a process that has ended is closed at the end of a turn. */
const handlesClosed = async (): Promise<void> => {
  await turn();
  await turn();
};

const file = (name: string, text: string): string => {
  fs.writeFileSync(path.join(PLACE, name), text);
  return path.join(PLACE, name);
};
const pool = (kind: Kind, size?: number): PoolExecutor => {
  const made = makePool({ kind, size, script });
  pools.push(made);
  return made;
};
/** What work is rejected with. */
const rejection = async (promise: Promise<unknown>): Promise<Error & Record<string, unknown>> =>
  promise.then(
    value => {
      throw new Error(`gave ${String(value)}`);
    },
    error => error,
  );
/** Until a file stands there. */
const appears = async (name: string): Promise<void> => {
  while (!fs.existsSync(name)) await new Promise(resolve => setTimeout(resolve, 5));
};

beforeAll(() => {
  fs.mkdirSync(PLACE, { recursive: true });
  bundle('loop/executor/pool-worker', script);
});
beforeEach(() => {
  before = workers();
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map(each => each.close()));
  await handlesClosed();
  // The proof that nothing is left, after each test.
  expect(workers()).toEqual(before);
});
afterAll(() => fs.rmSync(PLACE, { recursive: true, force: true }));

describe.each(KINDS)('a pool of kind %s', kind => {
  test('runs functions with arguments and returns their results', async () => {
    const executor = pool(kind);
    const where = kind === 'thread' ? () => require('node:worker_threads').threadId : () => process.pid;
    const here = kind === 'thread' ? 0 : process.pid;
    const results = await Promise.all([
      executor.run((a: number, b: number) => a + b, [1, 2]),
      executor.run(async (text: string) => `${await Promise.resolve(text)}!`, ['hey']),
      executor.run(where, []),
      executor.run(() => undefined, []),
    ]);
    expect(results.slice(0, 2)).toEqual([3, 'hey!']);
    expect(results[2]).not.toBe(here);
    expect(results[3]).toBeUndefined();
    // A promise of the language's, not of the library's.
    const promise = executor.run(() => 1, []);
    expect(promise).toBeInstanceOf(Promise);
    await promise;
  });

  test('keeps cloneable values intact', async () => {
    const values = [
      new Map([[1, new Set([2n])]]),
      new Date(5),
      undefined,
      Number.NaN,
      new Uint8Array([1, 2]),
    ];
    expect(await pool(kind).run((...all: unknown[]) => all, values)).toEqual(values);
  });

  test('sends arguments as they were at the call', async () => {
    const list = [1];
    const sent = pool(kind).run((given: number[]) => given, [list]);
    list.push(2);
    expect(await sent).toEqual([1]);
  });

  test('starts at most `size` workers and reuses them', async () => {
    const executor = pool(kind, 2);
    const who = async () => {
      await new Promise(resolve => setTimeout(resolve, 20));
      return `${process.pid}/${require('node:worker_threads').threadId}`;
    };
    const all = await Promise.all(Array.from({ length: 6 }, () => executor.run(who, [])));
    expect(new Set(all).size).toBe(2);
  });

  test('starts no worker before its first use', () => {
    pool(kind);
    expect(workers()).toEqual(before);
  });

  test.each([
    ['cjs.js', 'module.exports = n => n * 2'],
    ['default.js', 'exports.__esModule = true; exports.default = async n => n * 2'],
    ['esm.mjs', 'export default n => n * 2'],
  ])('calls the default export of %s', async (name, text) => {
    const module = file(`${kind}-${name}`, text);
    const executor = pool(kind);
    expect(await executor.run(module, [2])).toBe(4);
    expect(await executor.run(pathToFileURL(module).href, [3])).toBe(6);
  });

  test('passes on an error with all its parts', async () => {
    const error = await rejection(
      pool(kind).run(() => {
        const cause = Object.assign(new RangeError('inner'), { code: 'E_INNER' });
        throw Object.assign(new TypeError('outer', { cause }), { code: 7, detail: { a: 1 }, odd: () => 1 });
      }, []),
    );
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: 'outer', name: 'TypeError', code: 7, detail: { a: 1 } });
    expect(error.odd).toMatch(/Function: odd/);
    expect(error.cause).toBeInstanceOf(RangeError);
    expect(error.cause).toMatchObject({ message: 'inner', code: 'E_INNER' });
    expect(error.stack).toMatch(/^TypeError: outer\n/);
    // Where it was thrown and where it was requested, without what lies between.
    expect(error.stack).toContain('jest-loop-executor');
    expect(error.stack).toContain('pool.test.ts');
    expect(error.stack).not.toMatch(/pool-worker|node_modules.workerpool/);
  });

  test('passes on errors of classes, several at once, and circular causes', async () => {
    const executor = pool(kind);
    const own = await rejection(
      executor.run(() => {
        class DbError extends Error {
          override name = 'DbError';
        }
        const error = new DbError('down');
        error.cause = error;
        throw error;
      }, []),
    );
    expect(own).toMatchObject({ name: 'DbError', message: 'down' });
    const several = await rejection(executor.run(() => Promise.any([Promise.reject(new Error('one'))]), []));
    expect(several).toBeInstanceOf(AggregateError);
    expect(several.errors).toMatchObject([{ message: 'one' }]);
  });

  test('passes on other thrown values unchanged', async () => {
    const executor = pool(kind);
    const thrown = (value: unknown) => {
      throw value;
    };
    await expect(executor.run(thrown, ['text'])).rejects.toBe('text');
    await expect(executor.run(thrown, [undefined])).rejects.toBeUndefined();
    await expect(executor.run(thrown, [{ a: 1 }])).rejects.toEqual({ a: 1 });
  });

  test('passes on uncaught errors', async () => {
    const executor = pool(kind, 1);
    const timer = () => new Promise(() => setTimeout(() => void JSON.parse('{'), 1));
    await expect(executor.run(timer, [])).rejects.toThrow(SyntaxError);
    const stray = () => {
      void Promise.reject(new RangeError('stray'));
      return new Promise(() => {});
    };
    await expect(executor.run(stray, [])).rejects.toThrow(new RangeError('stray'));
    expect(await executor.run(() => 1, [])).toBe(1);
  });

  test('survives the death of a worker and reports it', async () => {
    const executor = pool(kind, 1);
    const work = function leave() {
      process.exit(3);
    };
    const error = await rejection(executor.run(work, []));
    expect(error).toMatchObject({ code: 'ERR_EXECUTOR' });
    expect(error.message).toMatch(/that ran function "leave" exited before it finished\.\n {2}exit code 3\n/);
    expect(await executor.run(() => 1, [])).toBe(1);
  });

  test('starts a new worker after one died while idle', async () => {
    const executor = pool(kind, 1);
    expect(await executor.run(() => void setTimeout(() => process.exit(), 1), [])).toBeUndefined();
    await new Promise(resolve => setTimeout(resolve, 200));
    expect(await executor.run(() => 1, [])).toBe(1);
  });

  describe('what work throws after it has ended goes to whoever requested it', () => {
    const leaves = (ms: number) => void setTimeout(() => Promise.reject(new RangeError('late')), ms);
    const late: RemoteThrown[] = [];
    const takeLate = (thrown: RemoteThrown): void => void late.push(thrown);
    beforeEach(() => void late.splice(0));
    const expected = [{ error: expect.objectContaining({ name: 'RangeError', message: 'late' }) }];

    test('at the next work, for which there is a new worker', async () => {
      const executor = pool(kind, 1);
      await executor.run(leaves, [0], undefined, takeLate);
      await new Promise(resolve => setTimeout(resolve, 50));
      const later = jest.fn();
      expect(await executor.run(() => 1, [], undefined, later)).toBe(1);
      expect(late).toEqual(expected);
      await executor.close();
      expect([late.length, later.mock.calls]).toEqual([1, []]);
    });

    test('when the pool closes, if it happened before', async () => {
      const executor = pool(kind);
      const run = (ms: number): Promise<unknown> => executor.run(leaves, [ms], undefined, takeLate);
      await Promise.all([run(0), run(60_000)]);
      await new Promise(resolve => setTimeout(resolve, 50));
      await executor.close();
      expect(late).toEqual(expected);
    });

    test('unless it blocks its worker: that ends all the same', async () => {
      const executor = pool(kind);
      const blocks = (): void =>
        void setImmediate(() => {
          for (;;);
        });
      await executor.run(blocks, [], undefined, takeLate);
      await executor.close();
      expect(late).toEqual([]);
    });
  });

  test.each([
    ['waits', () => new Promise(() => {})],
    [
      'blocks',
      (ready: string) => {
        require('node:fs').writeFileSync(ready, '');
        for (;;);
      },
    ],
  ])('an abort ends work that %s, and no other', async (name, work) => {
    const executor = pool(kind);
    const stop = new AbortController();
    const ready = path.join(PLACE, `${kind}-${name}`);
    const other = executor.run(() => new Promise(resolve => setTimeout(() => resolve('other'), 300)), []);
    const ended = rejection(executor.run(work as Work, [ready], stop.signal));
    if (name === 'blocks') await appears(ready);
    stop.abort(new Error('enough'));
    expect((await ended).message).toBe('enough');
    expect(await other).toBe('other');
    expect(await executor.run(() => 1, [])).toBe(1);
  });

  test('work aborted before its worker is up never starts', async () => {
    const stop = new AbortController();
    const trace = path.join(PLACE, `${kind}-begun`);
    const work = (name: string) => require('node:fs').writeFileSync(name, '');
    const ended = rejection(pool(kind).run(work, [trace], stop.signal));
    stop.abort('early');
    expect(await ended).toBe('early');
    expect(fs.existsSync(trace)).toBe(false);
  });

  test('an abort takes work out of the queue, or keeps it from being sent', async () => {
    const executor = pool(kind, 1);
    const stop = new AbortController();
    const first = executor.run(() => new Promise(resolve => setTimeout(resolve, 50)), []);
    const queued = rejection(executor.run(() => 1, [], stop.signal));
    stop.abort('late');
    expect(await queued).toBe('late');
    await expect(executor.run(() => 1, [], stop.signal)).rejects.toBe('late');
    await first;
    expect(await executor.run(() => 2, [])).toBe(2);
  });

  test('a close rejects running and queued work, and is idempotent', async () => {
    const executor = pool(kind, 1);
    const ready = path.join(PLACE, `${kind}-closing`);
    const runs = rejection(
      executor.run(
        function busy(name: string) {
          require('node:fs').writeFileSync(name, '');
          for (;;);
        },
        [ready],
      ),
    );
    const waits = rejection(executor.run(() => 1, []));
    await appears(ready);
    await Promise.all([executor.close(), executor.close()]);
    await executor.close();
    await handlesClosed();
    expect(workers()).toEqual(before);
    for (const error of [await runs, await waits, await rejection(executor.run(() => 1, []))]) {
      expect(error).toMatchObject({ code: 'ERR_EXECUTOR' });
      expect(error.message).toMatch(/^The executor of .* is closed\.\n {2}To fix: /);
    }
  });

  test('an unused pool closes', async () => {
    await expect(pool(kind).close()).resolves.toBeUndefined();
  });

  test('a value that cannot be cloned is named', async () => {
    const executor = pool(kind);
    const work = function work() {
      return () => 1;
    };
    const argument = await rejection(executor.run(work, [1, { a: { b: () => 1 } }]));
    expect(argument.message).toMatch(/^Argument 2 for function "work" cannot be sent/);
    const result = await rejection(executor.run(work, []));
    expect(result.message).toMatch(/^The result of function "work" cannot be sent back/);
    for (const error of [argument, result]) {
      expect(error).toMatchObject({ code: 'ERR_EXECUTOR' });
      expect(error.message).toMatch(/could not be cloned\.\n {2}To fix: /);
      expect(error.stack).toContain('pool.test.ts');
    }
  });
});

test('shared memory is shared with a thread and copied for a process', async () => {
  const shared = new Int32Array(new SharedArrayBuffer(4));
  await pool('thread').run((numbers: Int32Array) => void Atomics.store(numbers, 0, 7), [shared]);
  expect(shared[0]).toBe(7);
  const first = (numbers: Int32Array) => numbers[0];
  expect(await pool('process').run(first, [shared])).toBe(7);
});

test('a process that ignores signals is killed', async () => {
  const stop = new AbortController();
  const ready = path.join(PLACE, 'deaf');
  const deaf = (name: string) => {
    process.on('SIGTERM', () => {});
    require('node:fs').writeFileSync(`${name}.part`, String(process.pid));
    require('node:fs').renameSync(`${name}.part`, name);
    for (;;);
  };
  const ended = rejection(pool('process').run(deaf, [ready], stop.signal));
  await appears(ready);
  stop.abort('stop');
  expect(await ended).toBe('stop');
  expect(isAlive(Number(fs.readFileSync(ready, 'utf8')))).toBe(false);
});

describe('functions of every form', () => {
  const key = 'computed';
  class Maths {
    readonly unit = 1;
    static twice(n: number) {
      return n * 2;
    }
  }
  test.each<[string, Work]>([
    ['function', new Function('n', 'return n * 2') as Work],
    ['arrow', (n: number) => n * 2],
    ['async', async (n: number) => n * 2],
    [
      'method',
      {
        double(n: number) {
          return n * 2;
        },
      }.double,
    ],
    [
      'async method',
      {
        async double(n: number) {
          return n * 2;
        },
      }.double,
    ],
    [
      'method called get',
      {
        get(n: number) {
          return n * 2;
        },
      }.get,
    ],
    [
      'method called function',
      {
        function(n: number) {
          return n * 2;
        },
      }.function,
    ],
    ['static method', Maths.twice],
    [
      'with an inner function',
      (n: number) => {
        const inner = (m: number) => m * 2;
        return inner(n);
      },
    ],
    ['ending in a comment', runInNewContext('(n => n * 2 // twice\n)')],
    [
      'instrumented',
      runInNewContext(
        '(function (n) { cov_1a2b3c().f[0]++; cov_1a2b3c().s[1]++; return (cov_1a2b3c().b[0][1]++, n * 2); })',
      ),
    ],
    ['instrumented, older', runInNewContext('(n => { cov_9z.s[0]++; return n * 2; })')],
    [
      'with the names of esbuild',
      runInNewContext('(n => { const f = __name(m => m * 2, "f"); return f(n); })'),
    ],
  ])('%s', async (_, work) => {
    expect(await pool('thread').run(work, [4])).toBe(8);
  });

  test('modules can be loaded inside', async () => {
    const loads = runInNewContext(
      '(async () => [require("node:path").sep, (await import("node:path")).sep])',
    );
    expect(await pool('thread').run(loads, [])).toEqual([path.sep, path.sep]);
  });

  test.each<[string, unknown, RegExp]>([
    ['bound', (() => 1).bind(null), /^The source of function "bound " .*: it is native, bound or a proxy/],
    ['native', Math.max, /^The source of function "max" .*: it is native, bound or a proxy/],
    ['a class', class Db {}, /^The source of function "Db" .*: it is a class/],
    [
      'a computed name',
      { [key]() {} }[key],
      /^The source of function "computed" .*: ReferenceError: key is not defined/,
    ],
    [
      'a private name',
      new (class {
        #f() {}
        get f() {
          return this.#f;
        }
      })().f,
      /^The source of function "#f" .*: SyntaxError/,
    ],
    [
      'nothing',
      undefined,
      /^Expected a function or the path of a module to run in an executor, got undefined/,
    ],
    ['relative', './work.js', /^The module path ".\/work.js" is not absolute/],
    [
      'missing',
      path.join(PLACE, 'missing.js'),
      /^Could not load module ".*missing.js" in an executor\.\n {2}Cannot find/,
    ],
  ])('%s is refused', async (_, work, message) => {
    const error = await rejection(pool('thread').run(work as Work, []));
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/\n {2}To fix: /);
    expect(error.code).toBe('ERR_EXECUTOR');
  });

  test('a module without a function is an error that says what it exports', async () => {
    const module = file('none.mjs', 'export const run = 1; export default { a: 1 };');
    const error = await rejection(pool('thread').run(module, []));
    expect(error.message).toMatch(/^The default export of module ".*none.mjs" is not a function: \{ a: 1 \}/);
  });

  test('a module that throws while loading is an error with the cause', async () => {
    const error = await rejection(pool('thread').run(file('throws.mjs', 'throw new TypeError("no")'), []));
    expect(error.message).toMatch(/^Could not load module/);
    expect(error.cause).toMatchObject({ name: 'TypeError', message: 'no' });
  });

  test('the error for an outer variable says how to pass it', async () => {
    const outer = 5;
    const error = await rejection(pool('thread').run(() => outer, []));
    expect(error).toBeInstanceOf(ReferenceError);
    expect(error.message).toMatch(
      /^outer is not defined: a function runs in another thread or process, .*\n {2}To fix: pass what it needs/,
    );
    expect(error.stack).toMatch(/^ReferenceError: outer is not defined: /);
    const inModule = file('reference.mjs', 'export default () => outer');
    await expect(pool('thread').run(inModule, [])).rejects.toThrow(/^outer is not defined$/);
  });
});

test.each([0, 1.5, Number.NaN])('a pool of %p is refused', size => {
  expect(() => makePool({ kind: 'thread', size, script })).toThrow(/^Expected the size of a pool/);
});

test('an error can be remade in another realm', async () => {
  const error = await rejection(
    pool('thread').run(() => {
      throw new TypeError('far', { cause: new RangeError('inner') });
    }, []),
  );
  const realm = runInNewContext('globalThis');
  const remade = remakeError(remoteOf(error)!, realm.Error, realm);
  expect(remade).toBeInstanceOf(realm.TypeError);
  expect(remade.cause).toBeInstanceOf(realm.RangeError);
  expect(remade.stack).toBe(error.stack);
  // Without its globals the name still shows the type.
  const plain = remakeError(remoteOf(error)!, realm.Error);
  expect(plain).toBeInstanceOf(realm.Error);
  expect(plain).not.toBeInstanceOf(realm.TypeError);
  expect(plain.name).toBe('TypeError');
  expect(remoteOf(new Error('near'))).toBeUndefined();
  expect(remoteOf(undefined)).toBeUndefined();
});

test.each(KINDS)('flags of this process do not break a %s', async kind => {
  const code = `
    const { makePool } = require(${JSON.stringify(path.join(PLACE, 'loop/executor/pool.js'))});
    const pool = makePool({ kind: ${JSON.stringify(kind)} });
    pool.run(() => [process.execArgv, process.env.NODE_OPTIONS], []).then(async seen => {
      console.log(JSON.stringify(seen));
      await pool.close();
    });`;
  compileAll();
  const flags = ['--inspect=0', '--expose-gc', '--experimental-vm-modules', '--max-old-space-size=300'];
  const options = { ...process.env, NODE_OPTIONS: '--inspect-port=0 --no-deprecation' };
  const out = execFileSync(process.execPath, [...flags, '-e', code], {
    env: options,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [execArgv, nodeOptions] = JSON.parse(out) as [string[], string];
  if (kind === 'process') {
    expect(execArgv).toEqual(['--expose-gc', '--experimental-vm-modules', '--max-old-space-size=300']);
    expect(nodeOptions.trim()).toBe('--no-deprecation');
  } else expect(execArgv).toContain('--expose-gc');
});

/** The pool and what it starts, as they are built: loaded without Jest. */
function compileAll(): void {
  // By this folder the package is found.
  fs.mkdirSync(path.join(PLACE, 'entries'), { recursive: true });
  for (const name of ['loop/executor/pool', 'loop/executor/pool-worker'])
    bundle(name, path.join(PLACE, `${name}.js`));
}

function bundle(name: string, outfile: string): void {
  esbuild.buildSync({
    entryPoints: [path.join(ROOT, 'src', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
  });
}
