import type { Id, TimedEvent } from '../events/event';

/** A process of the run, as texts name it. */
export interface Lane {
  readonly id: Id;
  readonly pid: number;
  readonly isMain: boolean;
  /** `worker 1`, or `main process`. A second process with the same number is `worker 1 (2)`. */
  readonly name: string;
  readonly begin: number;
  /** The last that was heard of it. */
  end: number;
  hasFiles: boolean;
}

/** The processes of a run. */
export class Lanes {
  readonly all = new Map<Id, Lane>();
  readonly #named = new Map<string, number>();

  /** Notes what an event says about its process. */
  take(event: TimedEvent, lane: Id): void {
    if (event.type === 'lane') {
      const { worker, pid, time } = event;
      const name = worker === undefined ? 'main process' : `worker ${worker}`;
      const count = (this.#named.get(name) ?? 0) + 1;
      this.#named.set(name, count);
      this.all.set(lane, {
        id: lane,
        pid,
        isMain: worker === undefined,
        name: count === 1 ? name : `${name} (${count})`,
        begin: time,
        end: time,
        hasFiles: false,
      });
      return;
    }
    const known = this.all.get(lane);
    if (known === undefined) return;
    known.end = event.time;
    if (event.type === 'file-begin') known.hasFiles = true;
  }

  nameOf(lane: Id): string {
    return this.all.get(lane)?.name ?? 'a process';
  }
}
