import { invalidService } from '../errors/network/services';
import { isService } from './service';
import { serviceError } from './service-error';

/** Refuses what cannot be started. */
export function checkServices(call: string, services: unknown): void {
  if (!Array.isArray(services)) throw serviceError(invalidService(call, services));
  for (const service of services) if (!isService(service)) throw serviceError(invalidService(call, service));
}
