import { invalidServiceArgument } from '../errors/network/services';
import { serviceError } from './service-error';

/** Throws unless an argument or option `fits`. */
export function checkArgument(fits: boolean, call: string, expected: string, got: unknown): void {
  if (!fits) throw serviceError(invalidServiceArgument(call, expected, got));
}

export const isFunction = (value: unknown): boolean => typeof value === 'function';

/** Whether it is a number of milliseconds, or `Infinity`. */
export const isDuration = (value: unknown): boolean => typeof value === 'number' && value > 0;

/** Whether it is a port; 0 lets the system choose. */
export const isPort = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 65_535;
