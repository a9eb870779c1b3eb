import type { Parameters } from '../parameters';
import { at, layOut, type Problem } from './problem';
import type { Asker } from './site';

/** A function whose fixture names cannot be read. */
export function unreadableParameters(requester: Asker, found: Parameters): Problem {
  const { what, why, fix } = parameterTexts(found, requester.label.startsWith('fixture'));
  return {
    code: 'ERR_FIXTURE_PARAMETERS',
    message: layOut(
      `Cannot read which fixtures ${requester.label} asks for: ${what}.`,
      [`${requester.label.startsWith('fixture') ? 'declared' : 'registered'}${at(requester.site.at)}`, why],
      fix,
    ),
    frames: requester.site.frames,
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
