import { layOut, type Problem } from '../problem';
import { show } from '../show';

/** A call that needs an open Loop, on a closed one. */
export function loopClosed(loop: string, call: string): Problem {
  return {
    code: 'ERR_LOOP_CLOSED',
    message: layOut(
      `Loop "${loop}" is closed: ${call} came too late.`,
      [],
      'await what the Loop does before you close it, or use the Loop of a wider scope.',
    ),
  };
}

/** `getRunningLoop()` where no Loop is current. */
export function noRunningLoop(call: string): Problem {
  return {
    code: 'ERR_LOOP_NONE',
    message: layOut(
      `${call} found no running Loop.`,
      [],
      'call it in a test, a hook, a fixture or a function given to loop.run(), or pass the Loop in.',
    ),
  };
}

/** A method that needs a Loop, on `new Loop({ newLoop: false })`. */
export function noLoopManaged(call: string): Problem {
  return {
    code: 'ERR_LOOP_NONE',
    message: layOut(
      `${call} was called on a Loop made with { newLoop: false }, which stands for "no Loop".`,
      [],
      'call it on a Loop of your own: new Loop().',
    ),
  };
}

/** `getEventLoop()` where a marker forbids it. */
export function eventLoopForbidden(): Problem {
  return {
    code: 'ERR_LOOP_FORBIDDEN',
    message: layOut(
      'getEventLoop is forbidden',
      [],
      'take the Loop from where it is passed in, or call getRunningLoop(); or drop the marker forbidGetEventLoop.',
    ),
  };
}

/** A global timer where a marker forbids it. */
export function timerForbidden(name: string): Problem {
  return {
    code: 'ERR_LOOP_FORBIDDEN',
    message: layOut(
      `${name} is forbidden`,
      [],
      'use the Loop that is passed in (loop.sleep, loop.callLater); or drop { timers: true } from the marker forbidGetEventLoop.',
    ),
  };
}

/** An invalid argument for a method of Loop. */
export function invalidLoopCall(call: string, expected: string, got: unknown): Problem {
  return {
    code: 'ERR_LOOP_ARGUMENT',
    message: layOut(`${call} expects ${expected}, got ${show(got)}.`, [], `pass ${expected}.`),
  };
}

/** A second outcome for a settled future or task. */
export function alreadyDone(what: string, call: string): Problem {
  return {
    code: 'ERR_LOOP_DONE',
    message: layOut(`${call} came too late: ${what} is already settled.`, [], 'check `done` first.'),
  };
}
