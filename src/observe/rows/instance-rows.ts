import type { Id, SetUpBegin, SetUpEnd, TearDownBegin, TearDownEnd, TimedEvent } from '../events/event';
import type { InstanceRow } from '../events/row';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The set-ups and teardowns among the events. */
export type PhaseEvent = (SetUpBegin | SetUpEnd | TearDownBegin | TearDownEnd) & Pick<TimedEvent, 'time'>;

/** Makes the rows of instances: each when it is down. */
export class InstanceRows {
  readonly #open = new Map<Id, Mutable<InstanceRow>>();

  constructor(readonly add: (row: InstanceRow) => void) {}

  /** `fixture` is the id of the declaration's row. */
  begin(event: SetUpBegin & Pick<TimedEvent, 'time'>, lane: Id, fixture: Id): void {
    const { time, instance, param, uses, requester, requestedBy = '', by, file } = event;
    this.#open.set(instance, {
      row: 'instance',
      id: instance,
      lane,
      fixture,
      param,
      uses,
      requester,
      requestedBy,
      by,
      file,
      setUp: { begin: time, end: time, outcome: 'failed', lost: true },
    });
  }

  take(event: PhaseEvent): void {
    const row = this.#open.get(event.instance);
    if (row === undefined) return;
    const { time } = event;
    if (event.type === 'set-up-end') {
      const { outcome, error } = event;
      row.setUp = { begin: row.setUp.begin, end: time, outcome, errors: error && [error] };
      if (outcome !== 'passed') this.#finish(row);
    } else if (event.type === 'tear-down-begin') {
      row.tearDown = { begin: time, end: time, outcome: 'failed', lost: true };
    } else if (event.type === 'tear-down-end') {
      const { outcome, errors } = event;
      if (row.tearDown !== undefined)
        row.tearDown = { begin: row.tearDown.begin, end: time, outcome, errors };
      this.#finish(row);
    }
  }

  /** What is not down: a phase under way ends where its process was last heard. */
  cutShort(endOf: (lane: Id) => number): InstanceRow[] {
    return [...this.#open.values()].map(row => {
      const { tearDown, setUp, lane } = row;
      if (tearDown !== undefined) return { ...row, tearDown: { ...tearDown, end: endOf(lane) } };
      return setUp.lost ? { ...row, setUp: { ...setUp, end: endOf(lane) } } : row;
    });
  }

  #finish(row: InstanceRow): void {
    this.#open.delete(row.id);
    this.add(row);
  }
}
