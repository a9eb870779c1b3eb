import { Namespace } from '../../../../src/fixtures/declare/declaration';
import {
  isBare,
  isTestCall,
  MARKER_NAMES,
  markersIn,
  noSite,
  readMarker,
} from '../../../../src/jest/api/marker-arguments';
import { readDescribeOptions, readTestOptions } from '../../../../src/jest/api/test-options';
import {
  type MarkerName,
  type Markers,
  markersOf,
  mergeMarkers,
  NO_MARKERS,
} from '../../../../src/jest/file/markers';
import type { TestFile } from '../../../../src/jest/file/test-file';
import { codeOf, makeError, siteAt } from '../../support';
import { realm } from '../support';

const setup = new Namespace('setup', undefined, 'setup files');
const file = new Namespace('file', setup, '/p/a.test.ts');
const outer = new Namespace('describe', file, 'outer');
const inner = new Namespace('describe', outer, 'inner');

describe('merged', () => {
  test('the nearest wins, also with false', () => {
    const far: Markers = { catchLoopExceptions: true, forbidGetEventLoop: { timers: true }, loop: true };
    const near: Markers = { catchLoopExceptions: false, forbidGetEventLoop: false, loop: false };
    expect(mergeMarkers(far, near)).toEqual(near);
    expect(mergeMarkers(near, far)).toEqual(far);
  });

  test('what the nearer one leaves open stays', () => {
    const far: Markers = {
      catchLoopExceptions: false,
      loopScope: 'file',
      loopNamespace: file,
      useFixtures: ['a'],
    };
    const near: Markers = { forbidGetEventLoop: { timers: false }, loop: true };
    expect(mergeMarkers(far, near)).toEqual({ ...far, ...near });
    expect(mergeMarkers(far, { catchLoopExceptions: undefined, loopScope: undefined })).toEqual(far);
  });

  test('names of fixtures add up, outer ones first', () => {
    expect(mergeMarkers({ useFixtures: ['b', 'a'] }, { useFixtures: ['c', 'a'] })).toEqual({
      useFixtures: ['b', 'a', 'c', 'a'],
    });
  });

  test('the namespace goes with its scope', () => {
    const far: Markers = { loopScope: 'file', loopNamespace: file };
    expect(mergeMarkers(far, { loopScope: 'describe', loopNamespace: outer })).toEqual({
      loopScope: 'describe',
      loopNamespace: outer,
    });
    expect(mergeMarkers(far, { loopScope: 'file' })).toEqual({ loopScope: 'file' });
  });

  test.each<[Markers | undefined, Markers | undefined]>([
    [undefined, undefined],
    [NO_MARKERS, undefined],
    [undefined, NO_MARKERS],
  ])('%j and %j are nothing', (a, b) => {
    expect(mergeMarkers(a, b)).toBe(NO_MARKERS);
  });

  test('merging with nothing changes nothing', () => {
    const own: Markers = { loop: true };
    for (const nothing of [undefined, NO_MARKERS]) {
      expect(mergeMarkers(own, nothing)).toBe(own);
      expect(mergeMarkers(nothing, own)).toBe(own);
    }
  });
});

describe('the markers of a test', () => {
  const marks = new Map<Namespace, Markers>([
    [setup, { useFixtures: ['a'], catchLoopExceptions: false, loopScope: 'worker', loopNamespace: setup }],
    [outer, { useFixtures: ['b'], catchLoopExceptions: true, loopScope: 'describe', loopNamespace: outer }],
    [inner, { useFixtures: ['c'], forbidGetEventLoop: { timers: false } }],
  ]);

  test('are those around it, outermost first, and its own', () => {
    expect(markersOf({ marks }, inner, { useFixtures: ['d'], loop: true })).toEqual({
      useFixtures: ['a', 'b', 'c', 'd'],
      catchLoopExceptions: true,
      forbidGetEventLoop: { timers: false },
      loopScope: 'describe',
      loopNamespace: outer,
      loop: true,
    });
    expect(markersOf({ marks }, file)).toEqual(marks.get(setup));
  });

  test('have no namespace if the test sets the scope itself', () => {
    expect(markersOf({ marks }, inner, { loopScope: 'test' })).toMatchObject({
      loopScope: 'test',
      loopNamespace: undefined,
    });
  });

  test('without marks are its own', () => {
    const own: Markers = { loop: true };
    expect(markersOf({ marks: new Map() }, inner, own)).toBe(own);
    expect(markersOf({ marks: new Map() }, inner)).toBe(NO_MARKERS);
  });
});

describe('options', () => {
  test.each<[Parameters<typeof markersIn>[0], Markers]>([
    [
      { useFixtures: ['a'] },
      { useFixtures: ['a'], usedBy: [{ names: ['a'], call: 'the option useFixtures', site: noSite() }] },
    ],
    [{ catchLoopExceptions: false }, { catchLoopExceptions: false }],
    [{ forbidGetEventLoop: true }, { forbidGetEventLoop: { timers: false } }],
    [{ forbidGetEventLoop: {} }, { forbidGetEventLoop: { timers: false } }],
    [{ forbidGetEventLoop: { timers: true } }, { forbidGetEventLoop: { timers: true } }],
    [{ forbidGetEventLoop: false }, { forbidGetEventLoop: false }],
    [{ loopScope: 'file' }, { loopScope: 'file' }],
    [{ loop: false }, { loop: false }],
    [{ backend: 'virtual' }, { backend: { choices: ['virtual'], site: noSite() } }],
    [{ backend: ['chaos', { seed: 1 }] }, { backend: { choices: [['chaos', { seed: 1 }]], site: noSite() } }],
    [{ backend: ['node', 'virtual'] }, { backend: { choices: ['node', 'virtual'], site: noSite() } }],
  ])('%j are %j', (given, markers) => {
    expect(markersIn(given, noSite)).toEqual(markers);
  });

  test.each([{}, { useFixtures: [] }, { loop: undefined }])('%j are none', given => {
    expect(markersIn(given, noSite)).toBeUndefined();
  });
});

const testFile = { realm, rootDir: '/p', makeError } as unknown as TestFile;
const site = () => siteAt('a.test.ts:3');

describe('arguments', () => {
  const read = (name: MarkerName, ...args: unknown[]): Markers =>
    readMarker(
      testFile,
      'test',
      name,
      args,
      realm.wrap(() => {}),
    );

  test.each<[MarkerName, unknown[], Markers]>([
    [
      'useFixtures',
      ['a', 'b'],
      {
        useFixtures: ['a', 'b'],
        usedBy: [{ names: ['a', 'b'], call: 'test.useFixtures', site: expect.anything() }],
      },
    ],
    ['loopScope', ['worker'], { loopScope: 'worker' }],
    ['catchLoopExceptions', [], { catchLoopExceptions: true }],
    ['catchLoopExceptions', [undefined], { catchLoopExceptions: true }],
    ['catchLoopExceptions', [false], { catchLoopExceptions: false }],
    ['forbidGetEventLoop', [], { forbidGetEventLoop: { timers: false } }],
    ['forbidGetEventLoop', [{ timers: true }], { forbidGetEventLoop: { timers: true } }],
    ['loop', [], { loop: true }],
  ])('%s(...%j) says %j', (name, args, markers) => {
    expect(read(name, ...args)).toEqual(markers);
  });

  test.each<[MarkerName, unknown[], string]>([
    ['useFixtures', [], 'undefined.'],
    ['useFixtures', ['a', ''], '"" (string).'],
    ['loopScope', [], 'undefined.'],
    ['loopScope', ['file', 'test'], '"test" (string).'],
    ['loopScope', ['module'], '"module" (string).'],
    ['catchLoopExceptions', ['yes'], '"yes" (string).'],
    ['catchLoopExceptions', [null], 'null.'],
    ['catchLoopExceptions', [true, 1], '1 (number).'],
    ['forbidGetEventLoop', [{ timer: true }], '{ timer: true } (object).'],
    ['forbidGetEventLoop', [{ timers: 1 }], '{ timers: 1 } (object).'],
    ['loop', [true], 'true (boolean).'],
  ])('%s(...%j) is refused', async (name, args, got) => {
    expect(() => read(name, ...args)).toThrow(`Expected test.${name}() to be called with `);
    expect(() => read(name, ...args)).toThrow(`, got ${got}\n`);
    const fix = args[0] === 'module' ? 'write "file", its name here.' : `call it as test.${name}(`;
    expect(() => read(name, ...args)).toThrow(`To fix: ${fix}`);
    expect(await codeOf(() => read(name, ...args))).toBe('ERR_TEST_API');
  });

  test('the right call is shown for test, describe and mark', () => {
    const fix = (owner: 'test' | 'describe' | 'mark'): string => {
      try {
        readMarker(
          testFile,
          owner,
          'catchLoopExceptions',
          ['yes'],
          realm.wrap(() => {}),
        );
      } catch (error) {
        return (error as Error).message.replace(/[\s\S]*call it as /, '');
      }
      return '';
    };
    expect(fix('mark')).toBe('mark.catchLoopExceptions(false).');
    expect(fix('describe')).toBe(
      "describe.catchLoopExceptions(false)('name', fn) or describe.catchLoopExceptions('name', fn).",
    );
  });
});

test.each([
  [['name', () => {}], true],
  [[1, { tags: [] }, () => {}], true],
  [[class Named {}, () => {}], true],
  [[undefined, () => {}], true],
  [[], false],
  [['name'], false],
  [[() => {}], false],
  [[true], false],
  [[true, () => {}], false],
  [[{ timers: true }], false],
  [[{ timers: true }, () => {}], false],
])('whether %p are the arguments of a test: %p', (args, expected) => {
  expect(isTestCall(args)).toBe(expected);
});

test('some markers need no argument', () => {
  expect(MARKER_NAMES.filter(isBare)).toEqual(['catchLoopExceptions', 'forbidGetEventLoop', 'loop']);
});

describe('the options of a describe block', () => {
  const read = (given: Record<string, unknown>): unknown =>
    readDescribeOptions(testFile, 'adds', given, site);

  test('are the markers', () => {
    const given = {
      useFixtures: ['db'],
      loopScope: 'file',
      catchLoopExceptions: false,
      forbidGetEventLoop: { timers: true },
      loop: true,
    };
    expect(read(given)).toEqual(given);
  });

  test.each(['timeout', 'overrides', 'setup', 'tags'])('%s is none', option => {
    expect(() => read({ [option]: 1 })).toThrow(
      /^Describe block "adds" has unknown option[\s\S]*Known options: useFixtures, loopScope, catchLoopExceptions, forbidGetEventLoop, loop, backend\n/,
    );
  });

  test('with a wrong value are refused', () => {
    expect(() => read({ loop: 'yes' })).toThrow(
      'Expected option "loop" of describe block "adds" to be true or false, got "yes" (string).',
    );
  });
});

test('the Loop of the session is refused', async () => {
  const calls = {
    ERR_TEST_API: () =>
      readMarker(
        testFile,
        'mark',
        'loopScope',
        ['session'],
        realm.wrap(() => {}),
      ),
    ERR_TEST_OPTION: () => readTestOptions(testFile, 'adds', { loopScope: 'session' }, site),
  };
  for (const [code, call] of Object.entries(calls)) {
    expect(call).toThrow(
      /^(mark\.loopScope\('session'\)|Option "loopScope" of test "adds") requests the session Loop[\s\S]*use "worker"/,
    );
    expect(await codeOf(call)).toBe(code);
  }
});
