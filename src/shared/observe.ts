import type { FixtureRun, Instance } from '../fixtures/life/interfaces/life';
import { requesterId } from '../fixtures/life/interfaces/observe';
import type { Id } from '../observe/events/event';
import { processState } from '../process/process-state';

/** A request for a shared fixture in the stream of events. */
export interface ObservedQuery {
  readonly standIn: Id;
  /** The test or hook that requests it. */
  readonly requester?: Id | undefined;
}

/** How the stream names a request for what `standIn` stands for; undefined without a listener. */
export function observedQuery(standIn: Instance, run: FixtureRun): ObservedQuery | undefined {
  const { observer } = processState;
  if (observer === undefined) return undefined;
  return { standIn: observer.idOf(standIn), requester: requesterId(observer, run) };
}

/** The instance for such a request is known. */
export function standsFor(query: ObservedQuery | undefined, instance: Instance | undefined): void {
  const { observer } = processState;
  if (observer === undefined || query === undefined || instance === undefined) return;
  observer.emit({ type: 'stands-for', standIn: query.standIn, instance: observer.idOf(instance) });
}
