import type { TimeLimitEvent } from './event';
import type { Observer } from './observer';

/** What a function was waiting for: a line of text, or a fixture that it requested at run time. */
type Waiting = string | { readonly name: string };

/** A time limit of `ms` ms has expired. */
export function limitExpired(
  observer: Observer,
  of: object,
  phase: TimeLimitEvent['phase'],
  ms: number,
  waiting: readonly Waiting[],
): void {
  observer.emit({
    type: 'time-limit',
    of: observer.idOf(of),
    phase,
    limit: ms,
    waiting: waiting.map(each => (typeof each === 'string' ? each : `request.get("${each.name}")`)),
  });
}
