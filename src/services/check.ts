import { misspeltKey } from '../errors/nearest';
import { invalidServiceArgument, misspeltServiceOption } from '../errors/network/services';
import { serviceError } from './service-error';

/** Throws unless an argument or option `fits`. */
export function checkArgument(fits: boolean, call: string, expected: string, got: unknown): void {
  if (!fits) throw serviceError(invalidServiceArgument(call, expected, got));
}

/** Throws for a key that is nearly one of `known`. */
export function checkSpelling(call: string, options: object, known: readonly string[]): void {
  checkArgument(isObject(options), call, 'an object', options);
  const found = misspeltKey(options, known);
  if (found !== undefined) throw serviceError(misspeltServiceOption(call, found.key, found.meant, known));
}

/** Whether it is an object of options, or of values. */
export const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isFunction = (value: unknown): boolean => typeof value === 'function';

/** Whether it is a number of milliseconds, or `Infinity`. */
export const isDuration = (value: unknown): boolean => typeof value === 'number' && value > 0;

/** Whether it is a port; 0 lets the system choose. */
export const isPort = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 65_535;

export const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
