/** What there is in project/parts.js, project/endings.js and project/fixtures.js. */
export const WAITS = [
  'sleep',
  'timer',
  'nodeTimer',
  'immediate',
  'timersPromise',
  'task',
  'taskTree',
  'future',
  'foreign',
  'caught',
];

/** Left behind by bodies. */
export const LEFT = [
  'left interval',
  'left chain',
  'left refreshed',
  'left immediates',
  'left callLater',
  'left far',
  'left throwing',
  'left task',
  'left generator',
  'left ticks',
];

export const PASSING = ['passes', 'passesLater'];

export const FAILING = [
  'fails',
  'failsLater',
  'inTimer',
  'inInterval',
  'inImmediate',
  'inMicrotask',
  'inNextTick',
  'inCallback',
  'inTask',
  'inEmitter',
  'asErrorEvent',
  'inRejection',
  'inLateRejection',
  'inGroup',
  'twice',
];

export const HANGING = [
  'inSleep',
  'inTimer',
  'inTimersPromise',
  'inTask',
  'inFuture',
  'inForeign',
  'inSignal',
  'cleaningUp',
  'swallowing',
  'swallowingInLoop',
  'swallowingAndStarting',
  'failing',
];

/** Fixtures that change nothing about the outcome. */
export const QUIET = ['resource', 'background', 'block', 'whole'];

export const BROKEN = ['throwing', 'brokenSetUp', 'brokenTeardown', 'hangingSetUp', 'hangingTeardown'];
