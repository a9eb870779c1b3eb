import { type ServiceFailure, servicesFailed } from '../errors/network/services';
import { serviceError } from './service-error';

/** All that went wrong, as one error. */
export function combined(
  phase: 'start' | 'stop',
  failures: readonly ServiceFailure[],
  place?: string,
  outputs?: readonly string[],
): Error {
  const errors = failures.map(({ error }) => error);
  const error = serviceError(
    servicesFailed(phase, failures, place, outputs),
    errors.length === 1 ? errors[0] : undefined,
  );
  return Object.assign(error, errors.length > 1 && { errors });
}

/** The failures of a signal's handlers. */
export function ofHandlers(name: string, errors: readonly unknown[]): ServiceFailure[] {
  return errors.map(error => ({ kind: 'handler', name, error }));
}
