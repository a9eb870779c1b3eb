import { nearest } from './nearest';
import { at, layOut, type Problem } from './problem';
import type { Asker, Declared, Site } from './site';
import { asked, capital, declared } from './words';

/** The `jest.fixtures` files around a test file, relative to `rootDir`. */
export interface FixtureFiles {
  readonly lookedIn: readonly string[];
  readonly loaded: readonly string[];
  /** In these directories, but with another name. */
  readonly misnamed: readonly string[];
  /** Above `rootDir`, where none is looked for. */
  readonly above: readonly string[];
}

/** A name without a visible declaration. */
export function unknownFixture(
  name: string,
  requester: Asker,
  known: readonly string[],
  deeper: Declared | undefined,
  root: Asker,
  builtIn: readonly string[] = [],
  files?: FixtureFiles,
): Problem {
  const close = nearest(name, [...known, ...builtIn]);
  const hidden =
    deeper === undefined
      ? undefined
      : `"${name}" exists at ${deeper.site.at}, which is not visible from here`;
  return {
    code: 'ERR_FIXTURE_UNKNOWN',
    message: layOut(
      `${capital(requester.label)} asks for unknown fixture "${name}".`,
      [
        asked(requester),
        root === requester ? undefined : `needed by ${root.label}${at(root.site.at)}`,
        hidden,
        close.length > 0 ? `Nearest known names: ${close.join(', ')}` : undefined,
        `Known fixtures: ${known.length > 0 ? known.join(', ') : '(none)'}`,
        ...(files === undefined ? [] : filesOf(files)),
      ],
      mendUnknown(name, close[0], files),
    ),
    frames: requester.site.frames,
  };
}

function filesOf({ lookedIn, loaded, misnamed, above }: FixtureFiles): string[] {
  return [
    loaded.length > 0
      ? `jest.fixtures files loaded: ${loaded.join(', ')} (looked in ${lookedIn.join(', ')})`
      : `No jest.fixtures file in ${lookedIn.join(', ')}`,
    ...misnamed.map(file => `${file} is not loaded: its name is not jest.fixtures.`),
    ...above.map(file => `${file} is not loaded: it lies above rootDir.`),
  ];
}

function mendUnknown(name: string, close: string | undefined, files: FixtureFiles | undefined): string {
  const [misnamed] = files?.misnamed ?? [];
  const [above] = files?.above ?? [];
  const declare = `declare it with fixture("${name}", …) in a setup file, a jest.fixtures file or this test file.`;
  if (close !== undefined) return `rename it to "${close}", or ${declare}`;
  if (misnamed !== undefined) return `rename ${misnamed} to ${fixtureName(misnamed)}, or ${declare}`;
  if (above !== undefined) return `move ${above} below rootDir, or ${declare}`;
  return declare;
}

/** The right name for `jest.fixture.js`. */
function fixtureName(file: string): string {
  return `jest.fixtures.${file.replace(/^.*\./, '').replace(/x$/, '')}`;
}

/** `test.override` or a test's `overrides` for a name that does not exist. */
export function nothingToOverride(declaration: Declared, visible: readonly string[]): Problem {
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

/** Fixtures that depend on each other; the chain ends with its first again. */
export function cycle(chain: readonly Declared[], root: Asker): Problem {
  const first = chain[0]!;
  if (chain.length === 2) {
    return {
      code: 'ERR_FIXTURE_CYCLE',
      message: layOut(
        `Fixture "${first.name}" depends on itself, and there is no other "${first.name}" for it to override.`,
        [declared(first), asked(root)],
        `declare the "${first.name}" that it wraps further out, or leave the name out of its parameter.`,
      ),
      frames: first.site.frames,
    };
  }
  return {
    code: 'ERR_FIXTURE_CYCLE',
    message: layOut(
      `Dependency cycle: ${namesOf(chain)}.`,
      [...chain.slice(0, -1).map(declared), asked(root)],
      'remove one of these dependencies, or move what they share into a fixture of its own.',
    ),
    frames: first.site.frames,
  };
}

/** A cycle that `request.get` in the first one's set-up closes. */
export function dynamicCycle(chain: readonly Declared[], root: Asker): Problem {
  const [first, second] = chain;
  return {
    code: 'ERR_FIXTURE_CYCLE',
    message: layOut(
      `Dependency cycle: ${namesOf(chain)}.`,
      [
        `request.get("${second!.name}") in the set-up of fixture "${first!.name}" would wait forever.`,
        ...new Set(chain.slice(0, -1).map(declared)),
        asked(root),
      ],
      'remove one of these dependencies, or get that fixture in the test.',
    ),
    frames: first!.site.frames,
  };
}

const namesOf = (chain: readonly Declared[]): string => chain.map(({ name }) => `"${name}"`).join(' -> ');

/** A fixture that would outlive a dependency. */
export function scopeMismatch(
  holder: Declared,
  holderScope: string,
  held: Declared,
  heldScope: string,
  root: Asker,
): Problem {
  return {
    code: 'ERR_FIXTURE_SCOPE',
    message: layOut(
      `Fixture "${holder.name}" (scope "${holderScope}") cannot depend on fixture "${held.name}" (scope "${heldScope}"): it would outlive it.`,
      [declared(holder), declared(held), asked(root)],
      `give "${held.name}" scope "${holderScope}" or wider, or give "${holder.name}" scope "${heldScope}".`,
    ),
    frames: holder.site.frames,
  };
}

/** `beforeAll` or `afterAll` with a fixture of test scope. */
export function hookScopeMismatch(requester: Asker, held: Declared, heldScope: string): Problem {
  return {
    code: 'ERR_FIXTURE_SCOPE',
    message: layOut(
      `${capital(requester.label)} cannot ask for fixture "${held.name}" (scope "${heldScope}"): no test is running at that point.`,
      [asked(requester), declared(held)],
      `give "${held.name}" scope "describe" or wider, or use ${requester.label.startsWith('before') ? 'beforeEach' : 'afterEach'}.`,
    ),
    frames: requester.site.frames,
  };
}

/** A shared fixture declared in a test file. */
export function sharedScopeInTestFile(name: string, scope: string, site: Site): Problem {
  return {
    code: 'ERR_FIXTURE_SCOPE',
    message: layOut(
      `Fixture "${name}" has scope "${scope}", which outlives the test file that declares it.`,
      [`"${name}" is declared${at(site.at)}`],
      'move it to a setup file (setupFilesAfterEnv) or a jest.fixtures file, or give it scope "file".',
    ),
    frames: site.frames,
  };
}

/** `request.get` of a fixture with `params` that the test does not run once per value of. */
export function variantUnknown(declaration: Declared, count: number): Problem {
  return {
    code: 'ERR_FIXTURE_VARIANT',
    message: layOut(
      `request.get("${declaration.name}") cannot choose among the ${count} values of its params, because the test does not run once per value.`,
      [declared(declaration)],
      `name "${declaration.name}" in the test's parameter or in its useFixtures, so that it runs once per value.`,
    ),
  };
}
