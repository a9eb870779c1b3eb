import { invalidHost, invalidNetworkArgument, invalidPort } from '../errors/network/network';
import { type CodedError, errorOf, type Problem } from '../errors/problem';

/** An error of this realm: a proxy is made where it is used. */
export function networkError(problem: Problem): CodedError {
  return errorOf(problem);
}

/** Throws unless it is a port; 0 only where the system may choose. */
export function checkPort(call: string, name: string, port: unknown, from: 0 | 1): void {
  if (!Number.isInteger(port) || (port as number) < from || (port as number) > 65_535)
    throw networkError(invalidPort(call, name, port, from));
}

/** Throws unless it can be a host. */
export function checkHost(call: string, name: string, host: unknown): void {
  if (typeof host !== 'string' || host === '') throw networkError(invalidHost(call, name, host));
}

/** Throws unless it is a number from `from` on; `Infinity` only where it has a meaning. */
export function checkNumber(
  call: string,
  what: string,
  value: unknown,
  { from, infinite = false }: { readonly from: number; readonly infinite?: boolean },
): void {
  const fits = typeof value === 'number' && value >= from && (infinite || Number.isFinite(value));
  if (!fits) throw networkError(invalidNetworkArgument(call, what, value));
}

/** Throws unless it is a whole number from `from` on, or `Infinity`. */
export function checkCount(call: string, what: string, value: unknown, from: number): void {
  const fits = Number.isInteger(value) || value === Number.POSITIVE_INFINITY;
  if (!fits || (value as number) < from) throw networkError(invalidNetworkArgument(call, what, value));
}

/** Throws unless it is an object with no other keys than these: a misspelt one would do nothing. */
export function checkOptions(call: string, given: unknown, known: readonly string[]): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw networkError(invalidNetworkArgument(call, `an object { ${known.join(', ')} }`, given));
  const other = Object.keys(given).find(key => !known.includes(key));
  if (other !== undefined)
    throw networkError(
      invalidNetworkArgument(call, `only ${known.join(', ').replace(/, (?=\w+$)/, ' and ')}`, other),
    );
}
