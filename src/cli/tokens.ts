import { parseArgs } from 'node:util';

/** A part of a command line; `index` is that of its argument. */
export type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

/** The parts of a command line. Nothing is declared, so what follows a flag is a token of its own. */
export function tokensOf(args: readonly string[]): Token[] {
  // One token per argument: Node reads `-t=a-b` as `-t -= -a -- -b`.
  const short = args.map(arg => (/^-[^-]./.test(arg) ? arg.slice(0, 2) : arg));
  const end = args.indexOf('--');
  const given = [...(end < 0 ? short : [...short.slice(0, end), ...args.slice(end)])];
  return parseArgs({ args: given, strict: false, allowPositionals: true, tokens: true }).tokens;
}
