import type { Declaration } from '../fixtures/declaration';
import { OPTION_NAMES, type Refusal } from '../fixtures/options';
import { SCOPES, type ScopeName } from '../fixtures/scopes';
import type { Parameters } from '../parameters';
import { nearest } from './nearest';
import { at, layOut, type Problem } from './problem';
import { show } from './show';
import type { Asker, Site } from './site';

const asked = (asker: Asker): string => `asked for by ${asker.label}${at(asker.site.at)}`;

const declared = (declaration: Declaration): string =>
  declaration.site.at === undefined
    ? `"${declaration.name}" is built in`
    : `"${declaration.name}" is declared at ${declaration.site.at}`;

const capital = (label: string): string =>
  label.includes('hook') ? `The ${label}` : label[0]!.toUpperCase() + label.slice(1);

/** A name that nobody declared where it is looked for. */
export function unknownFixture(
  name: string,
  asker: Asker,
  known: readonly string[],
  deeper: Declaration | undefined,
): Problem {
  const close = nearest(name, known);
  const hidden =
    deeper === undefined
      ? undefined
      : `"${name}" exists at ${deeper.site.at}, which is not visible from here`;
  return {
    code: 'ERR_FIXTURE_UNKNOWN',
    message: layOut(
      `${capital(asker.label)} asks for unknown fixture "${name}".`,
      [
        asked(asker),
        hidden,
        close.length > 0 ? `Nearest known names: ${close.join(', ')}` : undefined,
        `Known fixtures: ${known.length > 0 ? known.join(', ') : '(none)'}`,
      ],
      close.length > 0
        ? `rename it to "${close[0]}", or declare it with fixture("${name}", …) in a setup file, a jest.fixtures file or this test file.`
        : `declare it with fixture("${name}", …) in a setup file, a jest.fixtures file or this test file.`,
    ),
    frames: asker.site.frames,
  };
}

/** `test.override` or a test's `overrides` for a name that does not exist. */
export function nothingToOverride(declaration: Declaration, visible: readonly string[]): Problem {
  const known = visible.filter(name => name !== declaration.name);
  const close = nearest(declaration.name, known);
  return {
    code: 'ERR_FIXTURE_UNKNOWN',
    message: layOut(
      `There is no fixture "${declaration.name}" to override.`,
      [
        `overridden${at(declaration.site.at)}`,
        close.length > 0 ? `Nearest known names: ${close.join(', ')}` : undefined,
        `Known fixtures: ${known.length > 0 ? known.join(', ') : '(none)'}`,
      ],
      close.length > 0
        ? `rename it to "${close[0]}", or declare a new fixture with fixture("${declaration.name}", …).`
        : `declare a new fixture with fixture("${declaration.name}", …).`,
    ),
    frames: declaration.site.frames,
  };
}

/** Fixtures that need each other; the last of the chain is the first again. */
export function cycle(chain: readonly Declaration[]): Problem {
  const first = chain[0]!;
  if (chain.length === 2) {
    return {
      code: 'ERR_FIXTURE_CYCLE',
      message: layOut(
        `Fixture "${first.name}" depends on itself, and there is no other "${first.name}" that it overrides.`,
        [declared(first)],
        `declare the "${first.name}" that it wraps further out, or leave the name out of its parameter.`,
      ),
      frames: first.site.frames,
    };
  }
  return {
    code: 'ERR_FIXTURE_CYCLE',
    message: layOut(
      `Fixtures depend on each other in a circle: ${chain.map(({ name }) => `"${name}"`).join(' -> ')}.`,
      chain.slice(0, -1).map(declared),
      'take one of these dependencies out, or move what both need into a fixture of its own.',
    ),
    frames: first.site.frames,
  };
}

/** Fixtures that ask for each other with `request.get` while they are set up. */
export function dynamicCycle(names: readonly string[]): Problem {
  return {
    code: 'ERR_FIXTURE_CYCLE',
    message: layOut(
      `request.get("${names.at(-1)}") would wait for ever: ${names.map(name => `"${name}"`).join(' waits for ')}.`,
      [],
      'ask for it in the teardown or in the test, or take one of these dependencies out.',
    ),
  };
}

/** A fixture that would outlive what it depends on. */
export function scopeMismatch(
  holder: Declaration,
  holderScope: ScopeName,
  held: Declaration,
  heldScope: ScopeName,
): Problem {
  return {
    code: 'ERR_FIXTURE_SCOPE',
    message: layOut(
      `Fixture "${holder.name}" (scope "${holderScope}") cannot depend on fixture "${held.name}" (scope "${heldScope}"): it would outlive it.`,
      [declared(holder), declared(held)],
      `give "${held.name}" scope "${holderScope}" or wider, or give "${holder.name}" scope "${heldScope}".`,
    ),
    frames: holder.site.frames,
  };
}

/** `beforeAll` or `afterAll` asking for what lives shorter than they do. */
export function hookScopeMismatch(asker: Asker, held: Declaration, heldScope: ScopeName): Problem {
  return {
    code: 'ERR_FIXTURE_SCOPE',
    message: layOut(
      `${capital(asker.label)} cannot ask for fixture "${held.name}" (scope "${heldScope}"): no test is running then.`,
      [asked(asker), declared(held)],
      `give "${held.name}" scope "describe" or wider, or use ${asker.label.startsWith('before') ? 'beforeEach' : 'afterEach'}.`,
    ),
    frames: asker.site.frames,
  };
}

/** A scope that outlives a test file, declared in one. */
export function wideScopeInTestFile(name: string, scope: ScopeName, site: Site): Problem {
  return {
    code: 'ERR_FIXTURE_SCOPE',
    message: layOut(
      `Fixture "${name}" has scope "${scope}", which outlives a test file, and is declared in one.`,
      [`"${name}" is declared at ${site.at}`],
      'move it to a setup file (setupFilesAfterEnv) or a jest.fixtures file, or give it scope "file".',
    ),
    frames: site.frames,
  };
}

/** A scope that this version cannot give. */
export function wideScopeUnavailable(declaration: Declaration, scope: ScopeName): Problem {
  return {
    code: 'ERR_FIXTURE_SCOPE',
    message: layOut(
      `Fixture "${declaration.name}" has scope "${scope}", which this version of jest-loop does not offer yet.`,
      [declared(declaration)],
      `give it one of the scopes "test", "describe" or "file".`,
    ),
    frames: declaration.site.frames,
  };
}

/** An option of a fixture that is unknown or has a wrong value. */
export function invalidFixtureOption(name: string, refusal: Refusal, site: Site): Problem {
  const known = (OPTION_NAMES as readonly string[]).includes(refusal.option);
  const scope = refusal.option === 'scope' || refusal.option === 'loopScope';
  const close =
    scope && typeof refusal.got === 'string'
      ? nearest(refusal.got, SCOPES)[0]
      : known
        ? undefined
        : nearest(refusal.option, OPTION_NAMES)[0];
  const what = known
    ? `Expected option "${refusal.option}" of fixture "${name}" to be ${refusal.expected}, got ${show(refusal.got)}.`
    : `Fixture "${name}" has unknown option "${refusal.option}".`;
  return {
    code: 'ERR_FIXTURE_OPTION',
    message: layOut(
      what,
      [
        `"${name}" is declared at ${site.at}`,
        known ? undefined : `Known options: ${OPTION_NAMES.join(', ')}`,
      ],
      close === undefined ? 'correct it, or leave it out.' : `did you mean "${close}"?`,
    ),
    frames: site.frames,
  };
}

/** A name that cannot be a fixture's. */
export function invalidName(name: unknown, site: Site): Problem {
  const reserved = name === 'request';
  return {
    code: 'ERR_FIXTURE_NAME',
    message: layOut(
      reserved
        ? 'The name "request" is reserved: it is the request object of whoever asks.'
        : `Expected the name of a fixture to be a string that is not empty, got ${show(name)}.`,
      [`declared${at(site.at)}`],
      reserved ? 'give the fixture another name.' : "call fixture('name', value) or fixture('name', fn).",
    ),
    frames: site.frames,
  };
}

/** `fixture('name')` with nothing else, or with arguments of a wrong kind. */
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
      `Fixture "${name}" is declared while tests run; by then it is settled what each test uses.`,
      [`declared${at(site.at)}`],
      'declare it at the top of a file or in a describe block; override a value for one test with test(name, { overrides: { … } }, fn).',
    ),
    frames: site.frames,
  };
}

/** A function whose fixtures' names cannot be read. */
export function unreadableParameters(asker: Asker, found: Parameters): Problem {
  const { what, why, fix } = parameterTexts(found, asker.label.startsWith('fixture'));
  return {
    code: 'ERR_FIXTURE_PARAMETERS',
    message: layOut(
      `Cannot read which fixtures ${asker.label} asks for: ${what}.`,
      [`${asker.label.startsWith('fixture') ? 'declared' : 'registered'}${at(asker.site.at)}`, why],
      fix,
    ),
    frames: asker.site.frames,
  };
}

function parameterTexts(found: Parameters, isFixture: boolean): { what: string; why?: string; fix: string } {
  const named = isFixture
    ? "name them in the options: fixture(name, { deps: ['db'] }, fn)"
    : "name them in the options, and get their values by request.get('db'): test(name, { useFixtures: ['db'] }, fn)";
  switch (found.kind) {
    case 'rest':
      return {
        what: `the rest element \`${found.text}\` could be anything`,
        fix: 'list every fixture by its name: ({ a, b }) => …',
      };
    case 'computed':
      return {
        what: `the name in \`${found.text}\` is computed`,
        fix: 'write the name of the fixture out: ({ db: value }) => …',
      };
    case 'pattern':
      return {
        what: `its first parameter is \`${found.text}\`, not an object pattern`,
        fix: 'destructure the fixtures: ({ db }) => …',
      };
    case 'gone':
      if (found.reason === 'native') {
        return {
          what: 'a bound or native function has no source to read',
          fix: `write a function around it: ({ db }) => bound({ db }), or ${named}.`,
        };
      }
      return {
        what: 'its parameters were compiled away',
        why: `compiled to \`${found.text}\`${found.compiler === undefined ? '' : ` by ${COMPILERS[found.compiler]}`}`,
        fix: `compile for the running Node (Babel: presets [['@babel/preset-env', { targets: { node: 'current' } }]]; SWC: jsc.target 'es2022'; TypeScript: target 'ES2018' or later), or ${named}.`,
      };
    default:
      return {
        what: 'its first parameter is not an object pattern',
        fix: 'destructure the fixtures: ({ db }) => …',
      };
  }
}

const COMPILERS = { babel: 'Babel', swc: 'SWC', typescript: 'TypeScript', esbuild: 'esbuild' } as const;

/** A generator that ended before it gave a value. */
export function didNotYield(declaration: Declaration, asker: Asker): Problem {
  return {
    code: 'ERR_FIXTURE_NO_YIELD',
    message: layOut(
      `Fixture "${declaration.name}" did not yield a value.`,
      [declared(declaration), asked(asker)],
      'yield the value once on every path, `yield undefined` if there is none, or make it a plain function that returns it.',
    ),
    frames: declaration.site.frames,
  };
}

/** A generator that gave a second value where its end was expected. */
export function yieldedTwice(declaration: Declaration, asker: Asker): Problem {
  return {
    code: 'ERR_FIXTURE_YIELDED_TWICE',
    message: layOut(
      `Fixture "${declaration.name}" yielded twice: after the first yield there is only teardown.`,
      [declared(declaration), asked(asker)],
      'yield one value; for several make a fixture of each, or yield an object.',
    ),
    frames: declaration.site.frames,
  };
}

/** An object-form function that returned without a value. */
export function useNotCalled(declaration: Declaration, asker: Asker): Problem {
  return {
    code: 'ERR_USE_NOT_CALLED',
    message: layOut(
      `use() was not called in fixture "${declaration.name}".`,
      [declared(declaration), asked(asker)],
      'call `await use(value)` once on every path.',
    ),
    frames: declaration.site.frames,
  };
}

/** An object-form function that gave a second value. */
export function useCalledTwice(declaration: Declaration, asker: Asker): Problem {
  return {
    code: 'ERR_USE_CALLED_TWICE',
    message: layOut(
      `use() was called twice in fixture "${declaration.name}".`,
      [declared(declaration), asked(asker)],
      'call `await use(value)` once; for several values make a fixture of each, or use an object.',
    ),
    frames: declaration.site.frames,
  };
}

/** `request.get` after the scope of the one who asks has ended. */
export function scopeEnded(name: string, asker: string): Problem {
  return {
    code: 'ERR_FIXTURE_ENDED',
    message: layOut(
      `request.get("${name}") of ${asker} came too late: its fixtures are down.`,
      [],
      'await everything that the test or fixture starts before it ends.',
    ),
  };
}

/** `request.get` of a parametrised fixture that did not multiply the test. */
export function variantUnknown(declaration: Declaration, count: number): Problem {
  return {
    code: 'ERR_FIXTURE_VARIANT',
    message: layOut(
      `request.get("${declaration.name}") cannot choose among the ${count} values of its params: the test is not run once per value.`,
      [declared(declaration)],
      `name "${declaration.name}" in the test's parameter or in its useFixtures, so that it runs once per value.`,
    ),
  };
}

/** A phase that took longer than its limit. */
export function fixtureTimeout(
  declaration: Declaration,
  phase: 'set up' | 'tear down',
  ms: number,
  asker: Asker,
): Problem {
  return {
    code: 'ERR_TIMEOUT',
    message: [
      `Fixture "${declaration.name}" took too long to ${phase}: ${declaration.site.at ?? '(built in)'} (timeout=${ms}ms)`,
      `  ${asked(asker)}`,
    ].join('\n'),
    frames: declaration.site.frames,
  };
}

/** A test or hook that took longer than its limit. */
export function bodyTimeout(asker: Asker, ms: number): Problem {
  return {
    code: 'ERR_TIMEOUT',
    message: `Took too long to complete: ${asker.site.at ?? asker.label} (timeout=${ms}ms)`,
    frames: asker.site.frames,
  };
}
