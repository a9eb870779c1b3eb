import { eventLoopForbidden, invalidLoopCall, noRunningLoop } from '../errors/loop/loop';
import { processState } from '../process/process-state';
import { Loop } from './loop';
import type { LoopOptions } from './loop-options';
import { loopError } from './steps/cancellation';
import { currentStep } from './steps/step';

function running(): Loop | null | undefined {
  const step = currentStep();
  return step === undefined
    ? (processState.installed.at(-1) as Loop | null | undefined)
    : (step.loop as Loop | null);
}

/**
 * The current Loop: the innermost one entered or installed. Throws without one. See docs/loops.md.
 */
export function getRunningLoop(): Loop {
  const loop = running();
  if (!loop) throw loopError(noRunningLoop('getRunningLoop()'));
  return loop;
}

/**
 * For code that is not passed a Loop: the running one, else that of {@link setEventLoop}. Throws without either, and
 * where the marker `forbidGetEventLoop` forbids it. See docs/loops.md.
 */
export function getEventLoop(): Loop {
  const step = currentStep();
  if (step?.forbidden !== undefined) throw loopError(eventLoopForbidden());
  const loop = running() ?? eventLoopOf();
  if (!loop) throw loopError(noRunningLoop('getEventLoop()'));
  return loop;
}

function eventLoopOf(): Loop | undefined {
  for (let step = currentStep(); step !== undefined; step = step.parent) {
    if (step.eventLoop !== undefined) return (step.eventLoop ?? undefined) as Loop | undefined;
  }
  return (processState.eventLoop as Loop | undefined) ?? undefined;
}

/**
 * Sets what {@link getEventLoop} returns without a running Loop; `undefined` resets it. Inside a test it lasts until the
 * test ends. See docs/loops.md.
 */
export function setEventLoop(loop: Loop | null | undefined): void {
  if (loop != null && typeof loop.createTask !== 'function')
    throw loopError(invalidLoopCall('setEventLoop()', 'a Loop or undefined', loop));
  const step = currentStep();
  if (step === undefined) processState.eventLoop = loop;
  else step.eventLoop = loop ?? null;
}

/** A new Loop, not the current one: close it when you are done. See docs/loops.md. */
export function newEventLoop(options?: LoopOptions): Loop {
  return new Loop(options);
}

/** Waits `ms` milliseconds in the running Loop: `getRunningLoop().sleep(ms)`. See docs/loops.md. */
export function sleep(ms: number = 0): Promise<void> {
  return getRunningLoop().sleepAbove(ms, sleep);
}
