import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { FileInfo } from '../../../../src/jest/file/file-info';
import type { OwnerInFile } from '../../../../src/jest/file/owner-in-file';
import { findJestParent } from '../../../../src/jest/process/to-jest';
import { failOnRecord, failProcess, takeRecord } from '../../../../src/jest/report/fail-run';
import { type WatchedProcess, watchErrors } from '../../../../src/jest/report/route-errors';
import { Step } from '../../../../src/loop/steps/step';

class FakeProcess extends EventEmitter {
  readonly env: Record<string, string> = {};
  readonly pid: number = 12;
  readonly ppid: number = 11;
  readonly stderr = { write: jest.fn() };
  exitCode: number | undefined;
  exited: unknown[] = [];
  exit = (code?: unknown): void => void this.exited.push(code);
  hasUncaughtExceptionCaptureCallback = (): boolean => false;

  thrown(error: unknown): boolean {
    this.emit('uncaughtExceptionMonitor', error, 'uncaughtException');
    return this.emit('uncaughtException', error, 'uncaughtException');
  }
}

const config = { rootDir: '/p' };
let target: FakeProcess;
let store: WatchedProcess;
let file: FileInfo;
let owner: OwnerInFile;
const caught = jest.fn();
const handled = jest.fn();
const toJest = jest.fn();

beforeEach(() => {
  target = new FakeProcess();
  store = { steps: new AsyncLocalStorage() };
  file = { path: '/p/test/a.test.ts', ended: false, root: '/p', config };
  owner = { label: 'test "adds"', caught, handled, file };
  for (const mock of [caught, handled, toJest]) mock.mockReset();
});

const watch = (jestIs?: typeof toJest): (() => void) =>
  watchErrors(store, { process: target as unknown as NodeJS.Process, toJest: jestIs });
const inStep = <T>(fn: () => T, by: OwnerInFile | undefined = owner): T =>
  store.steps.run(new Step('adds', null, undefined, by).carried, fn);
const error = Object.assign(new Error('boom'), { stack: 'Error: boom\n    at fn (/p/test/a.test.ts:3:7)' });
const text = [
  'jest-loop: an error after its file ended',
  '  file: test/a.test.ts',
  '  started by: test "adds"',
  '  Error: boom',
  '      at fn (/p/test/a.test.ts:3:7)',
].join('\n');
const printed = (): string => target.stderr.write.mock.calls.join('');

describe('an error whose file runs', () => {
  test('goes to the owner of its step', () => {
    watch();
    inStep(() => target.thrown(error));
    expect(caught.mock.calls).toEqual([
      [{ message: 'Uncaught exception', exception: error, promise: undefined }, expect.any(Step)],
    ]);
    expect([printed(), target.exitCode]).toEqual(['', undefined]);
  });

  test('is taken back when its rejection is handled after all', () => {
    const circus = jest.fn();
    target.on('unhandledRejection', circus).on('rejectionHandled', circus);
    watch();
    const promise = Promise.resolve();
    inStep(() => target.emit('unhandledRejection', error, promise));
    target.emit('rejectionHandled', promise);
    expect(caught.mock.calls[0]![0]).toEqual({ message: 'Unhandled rejection', exception: error, promise });
    expect(handled.mock.calls).toEqual([[promise]]);
    expect(circus).not.toHaveBeenCalled();
  });

  test('is left alone without a step, or in a step without an owner', () => {
    const circus = jest.fn();
    target.on('uncaughtException', circus);
    watch();
    target.thrown(error);
    store.steps.run(new Step('loose', null, undefined).carried, () => target.thrown(error));
    expect(circus).toHaveBeenCalledTimes(2);
  });

  test('goes to an owner without a file, however many files have ended', () => {
    watch()();
    inStep(() => target.thrown(error), { label: 'fixture "pool"', caught });
    expect(caught).toHaveBeenCalledTimes(1);
  });
});

describe('an error whose file has ended', () => {
  beforeEach(() => {
    file.ended = true;
  });

  test('is printed, and Jest does not exit with 0', () => {
    const circus = jest.fn();
    target.on('uncaughtException', circus);
    watch();
    inStep(() => target.thrown(error));
    expect(printed()).toBe(`\n${text}\n\n`);
    expect([circus, caught].map(each => each.mock.calls.length)).toEqual([0, 0]);
    expect(target.exitCode).toBe(1);
    target.exit(0);
    target.exit(3);
    target.exit();
    expect(target.exited).toEqual([1, 3, 1]);
  });

  test('is printed when no file runs, and when the next one does', () => {
    const [first, other] = [watch(), { ...file, ended: false }];
    first();
    first();
    inStep(() => target.thrown(error));
    watch();
    inStep(() => target.thrown(error));
    inStep(() => target.thrown(error), { ...owner, file: other });
    expect(target.stderr.write).toHaveBeenCalledTimes(2);
    expect(caught).toHaveBeenCalledTimes(1);
  });

  test.each([[0], [7]])("ends Jest with the project's own exit code %d", failureExitCode => {
    watch();
    inStep(() => target.thrown(error), { ...owner, file: { ...file, failureExitCode } });
    expect(target.exitCode ?? 0).toBe(failureExitCode);
  });

  test('fails the run in the way that is set', () => {
    store.failRun = jest.fn();
    watch();
    inStep(() => target.thrown(error));
    expect(store.failRun).toHaveBeenCalledWith(1);
    expect(target.exitCode).toBeUndefined();
  });

  const unreadable = Object.defineProperty({}, 'stack', {
    get: () => {
      throw new Error('no');
    },
  });

  test.each<[string, unknown]>([
    ['thrown: undefined', undefined],
    ["thrown: 'text'", 'text'],
    ['Error: bare', Object.assign(new Error('bare'), { stack: 'Error: bare' })],
    ["code: 'E'", Object.assign(new Error('coded'), { stack: 'Error: coded\n    at /a.ts:1:1', code: 'E' })],
  ])('is shown whatever was thrown: %s', (shown, thrown) => {
    watch();
    inStep(() => target.thrown(thrown));
    expect(printed()).toContain(shown);
  });

  test('is shown even if it cannot be inspected', () => {
    watch();
    inStep(() => target.thrown(unreadable));
    expect(printed()).toContain('thrown: a value that cannot be shown');
  });

  test('of a file outside the project has its absolute path', () => {
    watch();
    inStep(() => target.thrown(error), { ...owner, file: { ...file, root: '/q' } });
    expect(printed()).toContain('file: /p/test/a.test.ts');
  });

  describe('in a worker', () => {
    const message = [
      3,
      [
        'test-file-failure',
        [
          { path: '/p/test/a.test.ts', context: { config } },
          { message: 'jest-loop: an error after its file ended', stack: text },
        ],
      ],
    ];

    test('is added to the results while another file runs', () => {
      watch(toJest);
      inStep(() => target.thrown(error));
      expect(toJest.mock.calls).toEqual([[message]]);
      expect([printed(), target.exitCode]).toEqual(['', undefined]);
    });

    test('is printed if it cannot be sent', () => {
      toJest.mockImplementation(() => {
        throw new TypeError('circular');
      });
      watch(toJest);
      inStep(() => target.thrown(error));
      expect(printed()).toContain('boom');
    });

    test('is printed if no file runs, and added when the next one runs', () => {
      watch(toJest)();
      inStep(() => target.thrown(error));
      expect(printed()).toContain('boom');
      expect(toJest).not.toHaveBeenCalled();
      watch(toJest)();
      watch(toJest);
      expect(toJest.mock.calls).toEqual([[message]]);
    });

    test('leaves a record if the main process looks for one', () => {
      const main = Object.assign(new FakeProcess(), { pid: 11, env: target.env });
      failOnRecord(main as unknown as NodeJS.Process);
      failOnRecord(main as unknown as NodeJS.Process);
      watch(toJest)();
      inStep(() => target.thrown(error));
      const record = Object.values(target.env)[0]!;
      expect(readFileSync(record, 'utf8')).toBe(`${text}\n`);
      watch(toJest);
      expect(toJest).not.toHaveBeenCalled();
      main.emit('exit', 0);
      expect([main.exitCode, existsSync(record)]).toEqual([1, false]);
      main.emit('exit', 0);
      expect(takeRecord(main)).toBe(false);
    });

    test('leaves no record for another Jest that started this one', () => {
      const outer = Object.assign(new FakeProcess(), { pid: 5, env: target.env });
      failOnRecord(outer as unknown as NodeJS.Process);
      watch(toJest)();
      inStep(() => target.thrown(error));
      expect(takeRecord(outer)).toBe(false);
      const inner = Object.assign(new FakeProcess(), { env: { ...target.env } });
      failOnRecord(inner as unknown as NodeJS.Process);
      expect(inner.env).not.toEqual(target.env);
    });
  });
});

test('a process that fails keeps its exit code', () => {
  target.exitCode = 3;
  failProcess(1, target as unknown as NodeJS.Process);
  failProcess(1, target as unknown as NodeJS.Process);
  target.exit();
  expect([target.exitCode, target.exited]).toEqual([3, [3]]);
});

test('a Jest worker is recognised by its loaded modules', () => {
  expect(findJestParent({ '/p/node_modules/jest-runner/build/index.js': undefined })).toBeUndefined();
  for (const separator of ['/', '\\']) {
    const loaded = ['', 'node_modules', 'jest-runner', 'build', 'testWorker.js'].join(separator);
    expect(findJestParent({ [loaded]: undefined })).toEqual(expect.any(Function));
  }
});
