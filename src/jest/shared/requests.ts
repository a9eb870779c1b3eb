import type { PackedError } from '../../channel/clone/error';
import { FACTS } from '../../channel/facts';
import type { SharedQuery } from '../../shared/query';

/** What workers ask of the main process, and what it asks of them. */
export const REQUESTS = {
  value: 'value',
  giveUp: 'give up',
  facts: FACTS,
  join: 'join',
  end: 'end',
} as const;

/** How a worker that needs the main process makes the runner listen. */
export const WANTED = 'jest-loop-wanted';

/** A set-up that one of its requesters gives up, as it is sent. */
export interface GivenUp {
  readonly asked: SharedQuery;
  readonly reason: PackedError;
}
