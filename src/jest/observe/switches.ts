import { errorOf } from '../../errors/problem';
import { invalidSwitch } from '../../errors/project/readers';
import * as json from '../../node/json';

/** What is wanted of the stream of events. */
export interface Switches {
  /** `--fixtures`: only these names, or all where it is empty. */
  readonly fixtures?: readonly string[];
  readonly setupShow: boolean;
  readonly setupPlan: boolean;
  /** `--durations`: how many fixtures. */
  readonly durations?: number;
  /** `--timeline` and the reporter: absolute paths. */
  readonly timelines: readonly string[];
}

const NONE: Switches = { setupShow: false, setupPlan: false, timelines: [] };

const NAMES = {
  fixtures: 'JEST_LOOP_FIXTURES',
  setupShow: 'JEST_LOOP_SETUP_SHOW',
  setupPlan: 'JEST_LOOP_SETUP_PLAN',
  durations: 'JEST_LOOP_DURATIONS',
  timeline: 'JEST_LOOP_TIMELINE',
} as const;

/** Whether any switch is set. */
export function wantsAny({ fixtures, setupShow, setupPlan, durations, timelines }: Switches): boolean {
  return fixtures !== undefined || setupShow || setupPlan || durations !== undefined || timelines.length > 0;
}

/**
 * The switches that the command line sets in the environment; undefined where it sets none. Takes them away, so that a
 * Jest that a test starts does not find them. Throws for a value that makes no sense.
 */
export function takeSwitches(env: NodeJS.ProcessEnv): Switches | undefined {
  if (Object.values(NAMES).every(name => env[name] === undefined || env[name] === '')) return undefined;
  const take = (name: string): string | undefined => {
    const text = env[name];
    delete env[name];
    return text === '' ? undefined : text;
  };
  const fixtures = take(NAMES.fixtures);
  const durations = take(NAMES.durations);
  const timeline = take(NAMES.timeline);
  return {
    ...NONE,
    ...(fixtures !== undefined && { fixtures: readNames(fixtures) }),
    setupShow: readFlag(NAMES.setupShow, take(NAMES.setupShow)),
    setupPlan: readFlag(NAMES.setupPlan, take(NAMES.setupPlan)),
    ...(durations !== undefined && { durations: readNumber(durations) }),
    timelines: timeline === undefined ? [] : [timeline],
  };
}

/** The same with one more timeline. */
export function withTimeline(switches: Switches | undefined, file: string): Switches {
  const { timelines, ...others } = switches ?? NONE;
  return { ...others, timelines: [...new Set([...timelines, file])] };
}

function readFlag(name: string, text: string | undefined): boolean {
  if (text === undefined) return false;
  if (text === '1' || text === 'true') return true;
  if (text === '0' || text === 'false') return false;
  throw invalid(name, '1 or 0', text);
}

function readNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw invalid(NAMES.durations, 'a whole number from 1', text);
}

function readNames(text: string): readonly string[] {
  let names: unknown;
  try {
    names = json.parse(text);
  } catch {
    // Below.
  }
  if (Array.isArray(names) && names.every(name => typeof name === 'string')) return names;
  throw invalid(NAMES.fixtures, 'a JSON array of names, such as ["db"], or []', text);
}

function invalid(name: string, expected: string, got: string): Error {
  return errorOf(invalidSwitch(name, expected, got));
}
