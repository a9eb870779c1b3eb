import { nearest } from './nearest';
import { at, layOut, type Problem } from './problem';
import type { Asker, Declared, Site } from './site';
import { asked, capital, declared } from './words';

/** A name that nobody declared where it is looked for. */
export function unknownFixture(
  name: string,
  asker: Asker,
  known: readonly string[],
  deeper: Declared | undefined,
  root: Asker,
  builtIn: readonly string[] = [],
): Problem {
  const close = nearest(name, [...known, ...builtIn]);
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
        root === asker ? undefined : `needed by ${root.label}${at(root.site.at)}`,
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

/** Fixtures that need each other; the last of the chain is the first again. */
export function cycle(chain: readonly Declared[], root: Asker): Problem {
  const first = chain[0]!;
  if (chain.length === 2) {
    return {
      code: 'ERR_FIXTURE_CYCLE',
      message: layOut(
        `Fixture "${first.name}" depends on itself, and there is no other "${first.name}" that it overrides.`,
        [declared(first), asked(root)],
        `declare the "${first.name}" that it wraps further out, or leave the name out of its parameter.`,
      ),
      frames: first.site.frames,
    };
  }
  return {
    code: 'ERR_FIXTURE_CYCLE',
    message: layOut(
      `Fixtures depend on each other in a circle: ${chain.map(({ name }) => `"${name}"`).join(' -> ')}.`,
      [...chain.slice(0, -1).map(declared), asked(root)],
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
      'ask for it in the test, or take one of these dependencies out.',
    ),
  };
}

/** A fixture that would outlive what it depends on. */
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

/** `beforeAll` or `afterAll` asking for what lives shorter than they do. */
export function hookScopeMismatch(asker: Asker, held: Declared, heldScope: string): Problem {
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
export function wideScopeInTestFile(name: string, scope: string, site: Site): Problem {
  return {
    code: 'ERR_FIXTURE_SCOPE',
    message: layOut(
      `Fixture "${name}" has scope "${scope}", which outlives a test file, and is declared in one.`,
      [`"${name}" is declared${at(site.at)}`],
      'move it to a setup file (setupFilesAfterEnv) or a jest.fixtures file, or give it scope "file".',
    ),
    frames: site.frames,
  };
}

/** `request.get` of a parametrised fixture that did not multiply the test. */
export function variantUnknown(declaration: Declared, count: number): Problem {
  return {
    code: 'ERR_FIXTURE_VARIANT',
    message: layOut(
      `request.get("${declaration.name}") cannot choose among the ${count} values of its params: the test is not run once per value.`,
      [declared(declaration)],
      `name "${declaration.name}" in the test's parameter or in its useFixtures, so that it runs once per value.`,
    ),
  };
}
