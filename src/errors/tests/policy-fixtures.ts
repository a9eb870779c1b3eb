import { layOut, type Problem } from '../problem';
import { show } from '../show';
import type { Declared, NamedRequester } from '../site';
import { declared } from '../words';

/** A policy fixture with an invalid value. */
export function invalidPolicyValue(declaration: Declared, expected: string, got: unknown): Problem {
  return {
    code: 'ERR_FIXTURE_VALUE',
    message: layOut(
      `Fixture "${declaration.name}" must give ${expected}, got ${show(got)}.`,
      [declared(declaration)],
      'correct its value; jest-loop itself uses the fixture of this name.',
    ),
    frames: declaration.site.frames,
  };
}

/** `aroundTest` that ended without running the test. */
export function testNotRun(declaration: Declared, requester: NamedRequester): Problem {
  return {
    code: 'ERR_FIXTURE_VALUE',
    message: layOut(
      `aroundTest did not call run(), so the body of ${requester.label} was not run.`,
      [declared(declaration)],
      'call `await run()` once on every path.',
    ),
    frames: declaration.site.frames,
  };
}

/** A second call of `run()` in `aroundTest`. */
export function testRunTwice(declaration: Declared, requester: NamedRequester): Problem {
  return {
    code: 'ERR_FIXTURE_VALUE',
    message: layOut(
      `aroundTest called run() twice; the body of ${requester.label} runs once.`,
      [declared(declaration)],
      'call `await run()` once on every path.',
    ),
    frames: declaration.site.frames,
  };
}
