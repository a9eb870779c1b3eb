import type { Id } from '../../events/event';
import type { Part } from './parts';

/** A duration: `1.25 s`, `340 ms`, `0.4 ms`. */
export function duration(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}

/** A moment of the run, from its begin, at a precision that suits ticks `step` ms apart. */
export function moment(ms: number, step: number): string {
  if (step >= 1000) return `${(ms / 1000).toFixed(0)} s`;
  if (step >= 1) return `${(ms / 1000).toFixed(3).replace(/0{1,2}$/, '')} s`;
  return `${ms.toFixed(3)} ms`;
}

/** What kind of thing a part is, in words. */
export const KIND_NAMES: Readonly<Record<Part['kind'], string>> = {
  file: 'Test file',
  test: 'Test',
  body: 'Test body',
  hook: 'Hook',
  'set-up': 'Set-up',
  teardown: 'Teardown',
  wait: 'Wait',
};

/** How many, with the noun: `1 test`, `2 tests`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

/** An id that the page has nothing for: its process was killed before it could say more. */
export function lostId(id: Id): string {
  return `(lost: ${id})`;
}
