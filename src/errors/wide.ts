import { layOut, type Problem } from './problem';
import type { Declared, Site } from './site';
import { declared } from './words';

/** A file whose wide fixtures live outside of the tests, where it cannot be loaded. */
export function loadFailed(file: string, error: unknown): Problem {
  const { message, stack } = Object(error) as { message?: unknown; stack?: unknown };
  const text = typeof message === 'string' ? message : String(error);
  return {
    code: 'ERR_FIXTURE_LOAD',
    message: layOut(
      `${file} cannot be loaded outside of the tests, where its fixtures of scope "directory", "worker" and "session" live: ${text.split('\n')[0]}`,
      [
        'There is no test environment there: no mocks, no jsdom, and no globals except those of Node, fixture and mark.',
      ],
      'move these fixtures into a jest.fixtures file that needs nothing else.',
    ),
    ...(typeof stack === 'string' && { frames: framesOf(stack) }),
  };
}

function framesOf(stack: string): string {
  return stack
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .join('\n');
}

/** A file that declared something when the tests loaded it, and does not outside of them. */
export function notFoundOutside(name: string, file: string, site: Site): Problem {
  return {
    code: 'ERR_FIXTURE_LOAD',
    message: layOut(
      `Fixture "${name}" is not declared when ${file} is loaded outside of the tests, where it lives.`,
      [declared({ name, site })],
      'declare it unconditionally; there is no test environment there.',
    ),
    frames: site.frames,
  };
}

/** A fixture that outlives test files calls what only they have. */
export function nothingOutside(name: string): Problem {
  return {
    code: 'ERR_NO_ENVIRONMENT',
    message: layOut(
      `${name}() was called in a fixture of scope "directory", "worker" or "session": it lives outside of the test files, where Jest has no mocks, no fake timers, no tests and no hooks.`,
      ['`expect` and all of Node are available.'],
      'call it in a fixture of scope "file" or narrower, or in the test.',
    ),
  };
}

/** An error in the teardown of what outlives test files: it fails the run. */
export function wideTeardown(declaration: Declared, scope: string, text: string): string {
  return layOut(
    `Fixture "${declaration.name}" (scope "${scope}") failed in its teardown: ${text}`,
    [declared(declaration)],
    'fix the code after its yield, or what it registered with onCleanup.',
  );
}

/** An error that nobody handled, of a fixture that no running test uses: it fails the run. */
export function wideUnhandled(declaration: Declared, scope: string, text: string): string {
  return layOut(
    `Fixture "${declaration.name}" (scope "${scope}") has an unhandled error: ${text}`,
    [declared(declaration)],
    'await what it starts, or handle its errors.',
  );
}

/** A value of scope `session` that is no data. */
export function cannotCross(
  declaration: Declared,
  { path, what }: { readonly path: string; readonly what: string },
): Problem {
  return {
    code: 'ERR_FIXTURE_CROSS',
    message: layOut(
      `Session fixture "${declaration.name}" returned a value that cannot cross to a worker: ${path} is ${what}.`,
      [declared(declaration)],
      'return data (an address, a name …) and let a fixture of scope "worker" build the rest from it.',
    ),
    frames: declaration.site.frames,
  };
}

/** Nobody is there who could hold what lives as long as the run. */
export function noSession(declaration: Declared): Problem {
  return {
    code: 'ERR_NO_SESSION',
    message: layOut(
      `Fixture "${declaration.name}" has scope "session", but jest-loop is not running in Jest's main process.`,
      [
        declared(declaration),
        "The preset's `runner` starts it there; this project has its own runner or another preset.",
      ],
      "name globalSetup: 'jest-loop/global-setup' in the configuration, or wrap the project's own: module.exports = withSession(setup), with withSession from there. A runner of its own has to extend Jest's.",
    ),
    frames: declaration.site.frames,
  };
}

/** The Loop of the session, for what lives in a worker. */
export function loopElsewhere(declaration: Declared, scope: string): Problem {
  return {
    code: 'ERR_FIXTURE_SCOPE',
    message: layOut(
      `Fixture "${declaration.name}" (scope "${scope}") cannot run in the session Loop, which lives in another process.`,
      [declared(declaration)],
      'give it loopScope "worker", or scope "session".',
    ),
    frames: declaration.site.frames,
  };
}
