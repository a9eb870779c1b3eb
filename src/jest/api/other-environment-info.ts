import { headOf, type Problem, errorOf as plainErrorOf } from '../../errors/problem';
import type { OtherEnvironment } from '../../errors/project/environment';
import * as fs from '../../node/fs';
import type { Globals } from '../file/circus';

export const jestGlobals = require('@jest/globals') as Globals;

/** The global object that the test file sees. */
export const sandbox = globalThis as unknown as Record<symbol, unknown> & Globals;

export function currentTestPath(): string | undefined {
  const { getState } = jestGlobals.expect as { getState(): { testPath?: string } };
  return getState().testPath;
}

/** An error of the sandbox's realm, in which this module is loaded. */
export function errorOf(problem: Problem): Error {
  const error = plainErrorOf(problem);
  if (problem.frames) error.stack = `${headOf(problem)}\n${problem.frames}`;
  return error;
}

/** The environment named in the file's comment, or else the one that its globals suggest. */
export function environmentOf(testPath: string | undefined): OtherEnvironment {
  const inComment = commentOf(testPath);
  return { name: inComment ?? guessEnvironment(), inComment: inComment !== undefined };
}

function commentOf(testPath: string | undefined): string | undefined {
  try {
    const [comment] = /\/\*\*[\s\S]*?\*\//.exec(fs.readFileSync(testPath!, 'utf8')) ?? [];
    return /@jest-environment\s+(\S+)/.exec(comment ?? '')?.[1];
  } catch {
    return undefined;
  }
}

/** The sandbox does not hold the `testEnvironment` of the configuration. */
function guessEnvironment(): string | undefined {
  const { window, navigator, happyDOM } = sandbox as Globals;
  if (window === undefined) return 'node';
  if (happyDOM !== undefined) return 'happy-dom';
  const { userAgent } = Object(navigator) as { userAgent?: unknown };
  return String(userAgent).includes('jsdom') ? 'jsdom' : undefined;
}
