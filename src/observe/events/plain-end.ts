import type { HappenedEvent } from './event';

/*
 * Most set-ups, bodies, teardowns and small tests pass with nothing in between. In a stream such an end is this number
 * instead of an event: it follows from the begin before it.
 */
export const PLAIN_END = 0;

/** Whether `end` follows from the event before it. */
export function isPlainEnd(begin: HappenedEvent | undefined, end: HappenedEvent): boolean {
  switch (end.type) {
    case 'set-up-end':
      return begin?.type === 'set-up-begin' && begin.instance === end.instance && end.outcome === 'passed';
    case 'body-end':
      return begin?.type === 'body-begin' && begin.test === end.test;
    case 'tear-down-end':
      return begin?.type === 'tear-down-begin' && begin.instance === end.instance && end.outcome === 'passed';
    case 'test-end':
      return (
        begin?.type === 'test-begin' &&
        begin.test === end.test &&
        end.outcome === 'passed' &&
        end.uses === undefined
      );
    default:
      return false;
  }
}

/** The end that follows from a begin; undefined where the stream is damaged. */
export function plainEnd(begin: HappenedEvent | undefined): HappenedEvent | undefined {
  switch (begin?.type) {
    case 'set-up-begin':
      return { type: 'set-up-end', instance: begin.instance, outcome: 'passed' };
    case 'body-begin':
      return { type: 'body-end', test: begin.test };
    case 'tear-down-begin':
      return { type: 'tear-down-end', instance: begin.instance, outcome: 'passed' };
    case 'test-begin':
      return { type: 'test-end', test: begin.test, file: begin.file, outcome: 'passed' };
    default:
      return undefined;
  }
}
