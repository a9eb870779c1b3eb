import { packError } from '../../channel/clone/error';
import type { Client } from '../../channel/server';
import type { InstanceView } from '../../fixtures/life/interfaces/views';
import * as promises from '../../node/promise';
import { inTime } from './in-time';
import { REQUESTS } from './requests';
import type { CrossedDeath } from './session-copies';

/** The death of a `session` fixture, announced to all that hold copies of it or of its dependants. */
export function deathOf(
  instance: InstanceView,
  error: unknown,
  ids: ReadonlyMap<InstanceView, number>,
): CrossedDeath {
  const dead = [...ids].filter(([each]) => each === instance || each.dependsOn(instance));
  return { ids: dead.map(([, id]) => id), error: packError(error) };
}

/** Notifies the workers, and notes which requester was the first to see it. Never rejects. */
export async function announceDeath(
  instance: InstanceView,
  death: CrossedDeath,
  clients: Iterable<Client>,
): Promise<void> {
  const seen = [...clients].map(client => client.request(REQUESTS.died, death).catch(() => undefined));
  // One of them may be blocked.
  const labels = await inTime(promises.all(seen), []);
  const label = labels.find(each => each !== undefined) as string | undefined;
  if (label !== undefined) instance.seenBy(label);
}
