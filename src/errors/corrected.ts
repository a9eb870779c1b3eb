import { shown } from './show';

/** How many ms a unit has. */
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, sec: 1000, m: 60_000, min: 60_000 };

/**
 * How to write an option whose value is nearly right: `'100'` for a number, `'a'` for a list of names. Undefined where
 * that cannot be told.
 */
export function fixByCorrecting(option: string, expected: string, got: unknown): string | undefined {
  if (expected.startsWith('a number of milliseconds')) return correctedLimit(option, got);
  if (expected.startsWith('true')) return correctedSwitch(option, got);
  const list = expected.startsWith('an array') ? correctedList(option, expected, got) : undefined;
  return list === undefined ? undefined : `write \`${option}: [${list}]\`.`;
}

function correctedLimit(option: string, got: unknown): string | undefined {
  if (typeof got === 'number') return `write \`${option}: Infinity\` if there should be no limit.`;
  const [, digits, unit = 'ms'] = /^(\d+(?:\.\d+)?) ?(ms|s|sec|m|min)?$/.exec(String(got)) ?? [];
  const ms = Number(digits) * UNITS[unit]!;
  return ms > 0 ? `write \`${option}: ${ms}\`.` : undefined;
}

function correctedSwitch(option: string, got: unknown): string | undefined {
  const text = String(got);
  if (text === 'true' || text === '1') return `write \`${option}: true\`.`;
  return text === 'false' || text === '0' ? `write \`${option}: false\`.` : undefined;
}

function correctedList(option: string, expected: string, got: unknown): string | undefined {
  if (Array.isArray(got) || got === null) return undefined;
  if (option === 'params') return shown(got);
  // How many there have to be depends on another option.
  if (typeof got !== 'string' || got === '' || expected.includes('one for each')) return undefined;
  return got
    .split(/\s*,\s*/)
    .map(name => `'${name}'`)
    .join(', ');
}
