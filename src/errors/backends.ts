import { nearest } from './nearest';
import { layOut, type Problem } from './problem';
import { show } from './show';

/** A backend that is neither a name nor `[name, options]`. `source` says where it was given. */
export function invalidBackend(source: string, got: unknown, place?: string): Problem {
  return {
    code: 'ERR_BACKEND',
    message: layOut(
      `Expected ${source} to be the name of a backend or [name, options], got ${show(got)}.`,
      [place],
      "give a name, 'virtual', or a name with its options, ['virtual', { threshold: 50 }].",
    ),
  };
}

/** A name that no backend has. */
export function unknownBackend(
  source: string,
  name: string,
  known: readonly string[],
  place?: string,
): Problem {
  const meant = nearest(name, known)[0];
  return {
    code: 'ERR_BACKEND',
    message: layOut(
      `Unknown backend "${name}" in ${source}.`,
      [place, `Backends: ${known.join(', ')}`],
      meant === undefined
        ? 'name one of these, or add it by `loopFactories`.'
        : `write "${meant}", or add "${name}" by \`loopFactories\`.`,
    ),
  };
}

/** An option that the backend does not have, or a wrong value. */
export function invalidBackendOption(
  backend: string,
  option: string,
  expected: string | undefined,
  got: unknown,
  known: readonly string[],
): Problem {
  return {
    code: 'ERR_BACKEND',
    message: layOut(
      expected === undefined
        ? `Unknown option "${option}" of the backend "${backend}".`
        : `Expected option "${option}" of the backend "${backend}" to be ${expected}, got ${show(got)}.`,
      [known.length === 0 ? 'It has no options.' : `Options: ${known.join(', ')}`],
      expected === undefined ? 'leave it out, or write one of these.' : `pass ${expected}.`,
    ),
  };
}

/** A backend that needs Jest's fake timers, where there are none. */
export function noFakeTimers(backend: string): Problem {
  return {
    code: 'ERR_BACKEND',
    message: layOut(
      `The backend "${backend}" is built on Jest's fake timers, and there are none here.`,
      [],
      "use it in a test file, in an environment that has Jest's fake timers; elsewhere use 'node'.",
    ),
  };
}

/** A backend that fakes time, where Jest's own fake timers are on already. */
export function fakeTimersOn(backend: string): Problem {
  return {
    code: 'ERR_BACKEND',
    message: layOut(
      `The backend "${backend}" cannot move the time: Jest's fake timers are on.`,
      [
        '`jest.useFakeTimers()` was called before the test began, or the configuration has `fakeTimers.enableGlobally`.',
      ],
      "call jest.useRealTimers() first, or run this test on 'node' and move its time yourself.",
    ),
  };
}
