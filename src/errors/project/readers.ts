import { nearest } from '../nearest';
import { layOut, type Problem } from '../problem';
import { show } from '../show';

/** A value of an environment variable that the command line sets for its readers. */
export function invalidSwitch(variable: string, expected: string, got: string): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      `Expected the environment variable ${variable} to be ${expected}, got ${show(got)}.`,
      ['`npx jest-loop` sets it from its flags.'],
      'use the flag, or correct the variable.',
    ),
  };
}

/** Options of the reporter that make no sense. */
export function invalidReporter(problem: string): Problem {
  return {
    code: 'ERR_OPTION_INVALID',
    message: layOut(
      `The options of the reporter jest-loop/timeline are invalid: ${problem}.`,
      ['Valid options: file'],
      "write it as ['jest-loop/timeline', { file: 'timeline.html' }].",
    ),
  };
}

/** A result that cannot be written. */
export function notWritten(file: string, reason: string): string {
  return `jest-loop could not write ${file}: ${reason}`;
}

/** A name after `--fixtures` that nothing declares; `own` are the project's. */
export function unknownListed(name: string, own: readonly string[], known: readonly string[]): Problem {
  const close = nearest(name, known);
  const pattern = `For a pattern of test files, write --fixtures -- ${name}.`;
  return {
    code: 'ERR_FIXTURE_UNKNOWN',
    message: layOut(
      `No test file sees a fixture "${name}".`,
      [
        close.length > 0 ? `Nearest known names: ${close.join(', ')}` : undefined,
        `Known fixtures: ${own.length > 0 ? own.join(', ') : '(none)'}`,
      ],
      close.length > 0
        ? `write --fixtures ${close[0]}. ${pattern}`
        : `npx jest-loop --fixtures lists all names. ${pattern}`,
    ),
  };
}
