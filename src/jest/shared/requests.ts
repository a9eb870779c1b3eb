import type { PackedError } from '../../channel/clone/error';
import { FACTS } from '../../channel/facts';
import type { SharedQuery } from '../../fixtures/shared/query';

/** The requests between workers and the main process. */
export const REQUESTS = {
  value: 'value',
  /** The same without places in the query; nothing where they would be needed. */
  valueIfUp: 'value if up',
  cancelSetUp: 'cancel set-up',
  died: 'died',
  output: 'output',
  facts: FACTS,
  join: 'join',
  end: 'end',
} as const;

/** The message with which a worker makes the runner listen. */
export const WANTED = 'jest-loop-wanted';

/** One requester's cancelled wait for a set-up. */
export interface CancelledSetUp {
  readonly query: SharedQuery;
  readonly reason: PackedError;
}
