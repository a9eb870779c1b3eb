/* What a failure on the backend `chaos` adds to its error. */

/** The line that replays a failure: `Replay: jest-loop --loop-backend chaos --loop-seed 4711 -t "adds"`. */
export function replayLine(seed: number, fullName: string): string {
  return `Replay: jest-loop --loop-backend chaos --loop-seed ${seed} -t "${patternOf(fullName)}"`;
}

/**
 * A regular expression for `-t` that matches a name, to be put in double quotes. What is special there to a shell is
 * written as an escape sequence: no quoting holds in POSIX shells, PowerShell and cmd alike.
 */
export function patternOf(name: string): string {
  const pattern = name.replace(/[\\^$.*+?()[\]{}|"`!%\p{C}\p{Zl}\p{Zp}\u2018-\u201f]/gu, special =>
    /[.*+?()[\]{}|^]/.test(special) ? `\\${special}` : escapeSequences(special),
  );
  // Otherwise it would be another option.
  return pattern.replace(/^-/, '\\x2d');
}

/** Without the flag `u`, a pattern matches UTF-16 code units. */
function escapeSequences(characters: string): string {
  return characters
    .split('')
    .map(unit => {
      const code = unit.charCodeAt(0).toString(16);
      return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
    })
    .join('');
}

/** What a search for races found in one test; places are texts. */
export interface RaceFacts {
  readonly fullName: string;
  /** The first seed with which it failed. */
  readonly seed: number;
  /** The attempt that failed, from 1, and `--races`. */
  readonly run: number;
  readonly races: number;
  readonly cause: 'order' | 'always' | 'unsteady';
  /** The number of steps at which the failing order differs from real order. */
  readonly deviations: number;
  /** What went first at the last step where the two orders differ. */
  readonly passing: CallbackPlace | undefined;
  readonly failing: CallbackPlace | undefined;
}

/** A callback, and where it was created. */
export interface CallbackPlace {
  /** `setTimeout(fn, 20)`. */
  readonly what: string;
  /** `test/cache.test.js:14`. */
  readonly at: string | undefined;
}

/** What `--races` has done in a run. */
interface RacesFacts {
  readonly races: number;
  /** How many tests were run in several orders, and how many of them failed. */
  readonly searched: number;
  readonly failed: number;
  /** How many tests ran once. */
  readonly once: number;
}

/** What `--races` prints at the end of a run: `No race found: 12 tests passed in 100 orders each.` */
export function racesSummary({ races, searched, failed, once }: RacesFacts): string {
  const passed = searched - failed;
  const lines: string[] = [];
  if (searched === 0) lines.push(once === 0 ? 'No test ran.' : 'No test was run in several orders.');
  else {
    const found = failed === 0 ? 'No race found' : `${tests(failed)} failed in one of ${orders(races)}`;
    const rest = `${tests(passed)} passed in ${orders(races)}${races === 1 ? '' : ' each'}`;
    lines.push(passed === 0 ? `${found}.` : `${found}: ${rest}.`);
  }
  if (once > 0)
    lines.push(`${tests(once)} ran once: in the Loop of a wider scope, there is one order for all tests.`);
  return lines.map(line => `--races: ${line}`).join('\n');
}

const tests = (count: number): string => `${count} ${count === 1 ? 'test' : 'tests'}`;
const orders = (count: number): string => `${count} ${count === 1 ? 'order' : 'orders'}`;

/** What `--races` adds to the error of the test that failed. */
export function raceReport(facts: RaceFacts): string {
  const { fullName, seed, run, races, cause, deviations, passing, failing } = facts;
  const others = [
    ...(run === 1 ? [] : [`${run - 1} passed before it`]),
    ...(races === run ? [] : [`${races - run} were not run`]),
  ];
  const found = cause === 'order' ? 'Race' : cause === 'always' ? 'No race' : 'Unsteady failure';
  const lines = [
    `${found} in test "${fullName}": 1 of ${orders(races)} failed, that of seed ${seed}${others.length === 0 ? '' : ` (${others.join(', ')})`}.`,
  ];
  if (cause === 'always')
    lines.push('  It fails in real order, too: no two callbacks decide, see the error itself.');
  if (cause === 'unsteady')
    lines.push(
      '  The same order did not fail again: more than the order decides (I/O, the real time, Math.random).',
    );
  if (passing !== undefined && failing !== undefined) {
    const steps = deviations === 1 ? 'at one step' : `at ${deviations} steps`;
    const where = deviations === 1 ? 'there' : 'at the last one';
    lines.push(
      cause === 'order'
        ? `  The simplest failing order differs from real order ${steps}. What goes first ${where}:`
        : `  It differs from real order ${steps}. What went first ${where}:`,
      `    passing: ${show(passing)}`,
      `    failing: ${show(failing)}`,
    );
  }
  return lines.join('\n');
}

function show({ what, at }: CallbackPlace): string {
  return at === undefined ? what : `${what}, created at ${at}`;
}

/** What keeps the replay line from working: options that name a seed win over it. */
export function fixedSeed(seed: number): string {
  return `To replay it, set { seed: ${seed} } in the options of this test's loopBackend: they win over --loop-seed.`;
}
