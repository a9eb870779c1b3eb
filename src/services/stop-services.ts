import { type ServiceFailure, servicesNotStopped } from '../errors/network/services';
import * as promises from '../node/promise';
import type { RunningService } from './running-service';
import { serviceError } from './service-error';
import { settledWithin } from './settled-within';

/**
 * Stops each one, even if another fails, and gives up those that take too long. Returns what went wrong, but for what
 * others tell who stop the same ones.
 */
export async function stopServices(
  running: readonly RunningService[],
  reason: unknown,
  timeout: number,
): Promise<ServiceFailure[]> {
  const failures: ServiceFailure[] = [];
  const tell = (each: RunningService, failure: { readonly error: unknown } | undefined): void => {
    if (failure !== undefined && !each.reported) failures.push({ kind: 'stop', name: each.name, ...failure });
    each.reported = true;
  };
  const open = new Set(running);
  const stops = running.map(async each => {
    try {
      // Another one that stops it may give it up.
      await promises.race([each.stop(reason), each.gone]);
    } catch {
      if (open.has(each)) tell(each, each.stopFailure);
    } finally {
      open.delete(each);
      each.leave();
    }
  });
  if (await settledWithin(stops, timeout)) return failures;
  const late: string[] = [];
  for (const each of open) {
    open.delete(each);
    if (each.stopFailure !== undefined) tell(each, each.stopFailure);
    // A service whose start() goes on although cancelled has stopped.
    else if (!each.hasStopped && !each.reported) {
      each.reported = true;
      late.push(each.name);
    }
    each.giveUp();
  }
  if (late.length > 0) {
    const error = serviceError(servicesNotStopped(timeout, late));
    failures.push({ kind: 'stop', name: late.join(', '), error, count: late.length });
  }
  return failures;
}
