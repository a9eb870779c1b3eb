import { layOut, type Problem } from './problem';
import type { Declared, Site } from './site';
import { declared } from './words';

/** A file with shared fixtures that cannot be loaded outside the tests. */
export function loadFailed(file: string, error: unknown): Problem {
  const { message, stack } = Object(error) as { message?: unknown; stack?: unknown };
  const text = typeof message === 'string' ? message : String(error);
  return {
    code: 'ERR_FIXTURE_LOAD',
    message: layOut(
      `${file} cannot be loaded outside the tests, where its fixtures of scope "directory", "worker" and "session" live: ${text.split('\n')[0]}`,
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

/** A fixture that its file declares when the tests load it, but not outside them. */
export function notDeclaredOutside(name: string, file: string, site: Site): Problem {
  return {
    code: 'ERR_FIXTURE_LOAD',
    message: layOut(
      `Fixture "${name}" is not declared when ${file} is loaded outside the tests, where it lives.`,
      [declared({ name, site })],
      'declare it unconditionally; there is no test environment there.',
    ),
    frames: site.frames,
  };
}

/** A shared fixture that calls something only test files have. */
export function onlyInTestFiles(name: string): Problem {
  return {
    code: 'ERR_NO_ENVIRONMENT',
    message: layOut(
      `${name}() was called in a fixture of scope "directory", "worker" or "session": it lives outside the test files, where Jest has no mocks, no fake timers, no tests and no hooks.`,
      ['`expect` and all of Node are available.'],
      'call it in a fixture of scope "file" or narrower, or in the test.',
    ),
  };
}

/** An error in a shared fixture's teardown: it fails the run. */
export function sharedTeardown(declaration: Declared, scope: string, text: string): string {
  return layOut(
    `Fixture "${declaration.name}" (scope "${scope}") failed in its teardown: ${text}`,
    [declared(declaration)],
    'fix the code after its yield, or what it registered with onCleanup.',
  );
}

/** An unhandled error of a shared fixture that no running test uses: it fails the run. */
export function sharedUnhandled(declaration: Declared, scope: string, text: string): string {
  return layOut(
    `Fixture "${declaration.name}" (scope "${scope}") has an unhandled error: ${text}`,
    [declared(declaration)],
    'await what it starts, or handle its errors.',
  );
}

/** A session fixture's value that is not plain data. */
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

/** A session fixture without the main process to hold it. */
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

/** `loopScope: 'session'` for a fixture in a worker. */
export function sessionLoopFromWorker(declaration: Declared, scope: string): Problem {
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
