import { CHECKS, type Check } from '../../config/options';
import { fixForWord } from '../../errors/other-runners/words';
import type { Site } from '../../errors/site';
import { invalidTestCall } from '../../errors/tests/calls';
import { sessionLoop } from '../../errors/tests/markers';
import { SCOPES } from '../../fixtures/declare/scopes';
import { choiceOf, type GivenBackend } from '../../loop/backend-of';
import type { GivenMarkers, MarkerName, Markers } from '../file/markers';
import type { SandboxFunction } from '../file/realm';
import type { TestFile } from '../file/test-file';
import { siteOf } from './call-site';

const LOOP_SCOPES: readonly string[] = SCOPES.filter(scope => scope !== 'session');

/** The check for each marker's value, as an option. */
export const MARKER_CHECKS: Readonly<Record<MarkerName, Check>> = {
  useFixtures: [
    "an array of fixtures' names",
    value => Array.isArray(value) && value.every(item => typeof item === 'string'),
  ],
  loopScope: [
    `one of ${LOOP_SCOPES.map(scope => `"${scope}"`).join(', ')}`,
    value => typeof value === 'string' && LOOP_SCOPES.includes(value),
  ],
  catchLoopExceptions: CHECKS.catchLoopExceptions!,
  forbidGetEventLoop: CHECKS.forbidGetEventLoop!,
  loop: CHECKS.catchLoopExceptions!,
  backend: [
    'the name of a backend, [name, options], or an array of these',
    value => backendsIn(value) !== undefined,
  ],
};

/** The names of all markers. */
export const MARKER_NAMES = Object.keys(MARKER_CHECKS) as MarkerName[];

/** The arguments of each marker as a modifier or statement, with an example. */
const TAKES: Readonly<Record<MarkerName, readonly [expected: string, example: string]>> = {
  useFixtures: ['names of fixtures', "'a', 'b'"],
  loopScope: [MARKER_CHECKS.loopScope[0], "'file'"],
  catchLoopExceptions: ['true, false or nothing', 'false'],
  forbidGetEventLoop: ['true, false, { timers: true } or nothing', '{ timers: true }'],
  loop: ['nothing', ''],
  backend: [MARKER_CHECKS.backend[0], "'virtual'"],
};

/** Whether a marker works without an argument: `test.loop('name', fn)`. */
export function isBare(name: MarkerName): boolean {
  return name !== 'useFixtures' && name !== 'loopScope' && name !== 'backend';
}

const TITLES = ['string', 'number', 'function', 'undefined'];

/** Whether `test.loop(…)` is called as a test, with what Jest accepts as a name, rather than as a marker. */
export function isTestCall(args: readonly unknown[]): boolean {
  return args.length > 1 && TITLES.includes(typeof args[0]);
}

/** Reads the arguments of a marker. */
export function readMarker(
  testFile: TestFile,
  owner: 'test' | 'describe' | 'mark',
  name: MarkerName,
  args: readonly unknown[],
  outer: SandboxFunction,
): Markers {
  const call = `${owner}.${name}`;
  const wrong = args.findIndex((arg, index) => !fits(name, arg, index));
  if (wrong < 0 && (args.length > 0 || isBare(name))) {
    const given = { [name]: name === 'useFixtures' ? [...args] : (args[0] ?? true) };
    return markersIn(given, () => siteOf(testFile, outer), call)!;
  }
  const site = siteOf(testFile, outer);
  if (name === 'loopScope' && args[wrong] === 'session') {
    throw testFile.makeError(sessionLoop(`${call}('session')`, 'ERR_TEST_API', 'called', site));
  }
  const [expected, example] = TAKES[name];
  const usage = owner === 'mark' ? '' : "('name', fn)";
  const bare = usage !== '' && isBare(name) && example !== '' ? ` or ${call}${usage}` : '';
  throw testFile.makeError(
    invalidTestCall(
      `Expected ${call}() to be called with ${expected}`,
      args[wrong],
      (name === 'loopScope' ? fixForWord(args[wrong], LOOP_SCOPES) : undefined) ??
        `call it as ${call}(${example})${usage}${bare}.`,
      site,
    ),
  );
}

function fits(name: MarkerName, arg: unknown, index: number): boolean {
  if (name === 'useFixtures') return typeof arg === 'string' && arg !== '';
  if (name === 'loop' || index > 0) return false;
  return (arg === undefined && isBare(name)) || MARKER_CHECKS[name][1](arg);
}

/** The backends of the option `backend`; undefined if it is none, nor a list of them. */
function backendsIn(given: unknown): readonly GivenBackend[] | undefined {
  if (choiceOf(given) !== undefined) return [given as GivenBackend];
  if (!Array.isArray(given) || given.length === 0) return undefined;
  return given.every(each => choiceOf(each) !== undefined) ? given : undefined;
}

/** For markers that need no place. */
export const noSite = (): Site => ({ at: undefined, path: undefined, line: undefined, frames: '' });

/** The markers among checked options; undefined if there are none. `call`: what gives them. */
export function markersIn(
  options: GivenMarkers,
  site: () => Site,
  call: string = 'the option useFixtures',
): Markers | undefined {
  const { useFixtures, forbidGetEventLoop: forbid, catchLoopExceptions, loopScope, loop, backend } = options;
  const markers: Markers = {
    useFixtures: useFixtures?.length ? useFixtures : undefined,
    usedBy: useFixtures?.length ? [{ names: useFixtures, call, site: site() }] : undefined,
    catchLoopExceptions,
    forbidGetEventLoop:
      forbid === undefined || forbid === false
        ? forbid
        : { timers: typeof forbid === 'object' && forbid.timers === true },
    loopScope,
    loop,
    backend: backend === undefined ? undefined : { choices: backendsIn(backend)!, site: site() },
  };
  return Object.values(markers).some(value => value !== undefined) ? markers : undefined;
}
