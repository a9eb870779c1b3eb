import { invalidLoopCall } from '../errors/loop';
import { loopError } from './cancelled';
import { delay } from './delay';
import { Handle } from './handle';
import { Passage } from './lineage';
import type { Loop } from './loop';
import { siteOf } from './site';
import { waitIn } from './wait';

type Above = (...args: never[]) => unknown;

/** From this time on, ms, a place is always remembered: that costs less than it waits. */
const LONG = 5;

/** Waits in a Loop; `above` is what the user called. */
export function sleepIn(loop: Loop, ms: number, above: Above): Promise<void> {
  checkMs('loop.sleep()', ms);
  return waitIn<void>(loop, `sleep(${ms})`, siteFor(loop, ms, above), resolve => delay(ms, resolve));
}

/** Has `call` called in a Loop. */
export function schedule(
  loop: Loop,
  name: string,
  ms: number,
  fn: unknown,
  call: () => unknown,
  above: Above,
): Handle {
  checkMs(`loop.${name}()`, ms);
  if (typeof fn !== 'function') throw loopError(invalidLoopCall(`loop.${name}()`, 'a function', fn));
  const label = name === 'callSoon' ? name : `${name}(${ms})`;
  const step = new Passage(`callback of ${label}`, loop);
  return new Handle({ loop, step, label, site: siteFor(loop, ms, above), ms, call });
}

/** Where something of a Loop is created, if that is remembered. */
export function siteFor(loop: Loop, ms: number, above: Above): Error | undefined {
  return ms >= LONG || loop.debug || loop.tracing ? siteOf(above) : undefined;
}

function checkMs(call: string, ms: number): void {
  if (typeof ms !== 'number' || !(ms >= 0))
    throw loopError(invalidLoopCall(call, 'a number of milliseconds from 0', ms));
}
