import { mendFixtureOption, mendValue } from './our-words';
import { at, layOut, type Problem } from './problem';
import { show } from './show';
import type { Site } from './site';

/** Why an option is invalid. */
export interface Refusal {
  readonly option: string;
  /** What it must be; undefined for an unknown option. */
  readonly expected: string | undefined;
  readonly got: unknown;
  /** The valid values or options. */
  readonly known?: readonly string[];
}

/** An unknown option of a fixture, or a wrong value. */
export function invalidFixtureOption(name: string, refusal: Refusal, site: Site): Problem {
  const { option, expected, got, known = [] } = refusal;
  const unknown = expected === undefined;
  return {
    code: 'ERR_FIXTURE_OPTION',
    message: layOut(
      unknown
        ? `Fixture "${name}" has unknown option "${option}".`
        : `Expected option "${option}" of fixture "${name}" to be ${expected}, got ${show(got)}.`,
      [`"${name}" is declared${at(site.at)}`, unknown ? `Known options: ${known.join(', ')}` : undefined],
      unknown ? mendFixtureOption(name, option, known) : mendValue(got, known),
    ),
    frames: site.frames,
  };
}

/** An invalid fixture name. */
export function invalidName(name: unknown, site: Site): Problem {
  const reserved = name === 'request';
  return {
    code: 'ERR_FIXTURE_NAME',
    message: layOut(
      reserved
        ? 'The name "request" is reserved for the request object.'
        : `Expected the name of a fixture to be a non-empty string, got ${show(name)}.`,
      [`declared${at(site.at)}`],
      reserved ? 'give the fixture another name.' : "call fixture('name', value) or fixture('name', fn).",
    ),
    frames: site.frames,
  };
}

/** `fixture('name')` alone, or with arguments of a wrong type. */
export function invalidDeclaration(call: string, site: Site, detail: string): Problem {
  return {
    code: 'ERR_FIXTURE_OPTION',
    message: layOut(
      `${call} ${detail}`,
      [`called${at(site.at)}`],
      "call it with a name, options if any, and a value or function: fixture('db', { scope: 'file' }, async () => …).",
    ),
    frames: site.frames,
  };
}

/** A fixture declared while tests run. */
export function declaredLate(name: string, site: Site): Problem {
  return {
    code: 'ERR_FIXTURE_LATE',
    message: layOut(
      `Fixture "${name}" was declared while tests were running; that is too late to change what they use.`,
      [`declared${at(site.at)}`],
      'declare it at the top of a file or in a describe block; override a value for one test with test(name, { overrides: { … } }, fn).',
    ),
    frames: site.frames,
  };
}
