import { createRequire } from 'node:module';
import { nearest } from '../errors/nearest';
import { errorOf } from '../errors/problem';
import { unknownFlag } from '../errors/project/command-line';
import { FLAGS } from './flags';
import { tokensOf } from './tokens';

/** Of Jest's command line: its options, by their names in camel case. */
interface JestCli {
  readonly yargsOptions?: Readonly<Record<string, { readonly alias?: string | readonly string[] }>>;
}

const OURS = [...FLAGS.map(({ name }) => name), 'init', 'help'];

/**
 * Throws for an unknown flag that is nearer to one of ours than to any of Jest's, which would name its own. `jest` is the
 * main module of Jest, `args` are its arguments.
 */
export function refuseMisspelt(args: readonly string[], jest: string): void {
  const { yargsOptions } = createRequire(jest)('jest-cli') as JestCli;
  if (yargsOptions === undefined) return;
  const jests = Object.entries(yargsOptions).flatMap(([name, { alias = [] }]) =>
    [name, alias].flat().map(kebab),
  );
  const known = new Set([...jests, 'version', 'help']);
  for (const flag of flagsOf(args)) {
    // `--no-cache`, `--testEnvironmentOptions.url`
    const name = kebab(flag.replace(/^-+(no-)?/, '').replace(/\..*$/, ''));
    if (known.has(name)) continue;
    const [near] = nearest(name, [...OURS, ...jests]);
    if (near !== undefined && OURS.includes(near))
      throw errorOf(
        unknownFlag(
          flag,
          OURS.map(each => `--${each}`),
          `--${near}`,
        ),
      );
  }
}

/** The flags among arguments, without their values. */
function flagsOf(args: readonly string[]): string[] {
  return tokensOf(args).flatMap(token => {
    if (token.kind !== 'option') return [];
    if (token.rawName.startsWith('--')) return [token.rawName];
    // Jest would read `-setup-show` as single letters, and overlook it.
    const [written] = args[token.index]!.split('=');
    return OURS.includes(kebab(written!.slice(1))) ? [written!] : [];
  });
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}
