import { syncBuiltinESMExports } from 'node:module';
import type * as nodeTimers from 'node:timers';
import type * as timersPromises from 'node:timers/promises';
import { timerForbidden } from '../../errors/loop/loop';
import { promisify } from '../../node/util';
import { processState } from '../../process/process-state';
import { activeStep } from '../steps/current-step';
import { ambientPromises } from './ambient-promises';
import { forget, startTimer, type TimerName } from './timer';
import { windowTimers } from './window-timers';

/*
 * The ambient timers, which belong to the Loop of their caller. They replace Node's own once per process; outside of
 * every Loop they act as Node's.
 */

type Fn = (this: unknown, ...args: unknown[]) => unknown;
type Functions = Record<string, Fn>;

/** Gives a stand-in the length of Node's function. */
function posing<T extends Fn>(fn: T, real: { readonly length: number }): T {
  return Object.defineProperty(fn, 'length', { value: real.length, configurable: true });
}

function starting(name: TimerName): Fn {
  const real = processState.real[name] as unknown as Fn;
  const ambient = {
    [name](this: unknown, ...args: unknown[]): unknown {
      const step = activeStep();
      const [callback, ...rest] = args;
      if (step === undefined || !step.tracks || typeof callback !== 'function') {
        const timer = real.apply(this, args);
        if (name !== 'setImmediate') processState.realWork?.timerSet(timer as object, rest[0]);
        return timer;
      }
      if (step.forbidden?.timers) throw step.error(timerForbidden(name));
      return startTimer(step, name, callback as Fn, rest, ambient);
    },
  }[name]!;
  return posing(ambient, real);
}

function clearing(name: 'clearTimeout' | 'clearInterval' | 'clearImmediate'): Fn {
  const real = processState.real[name] as unknown as Fn;
  const ambient = {
    [name](this: unknown, ...args: unknown[]): unknown {
      return forget(args[0]) ? undefined : real.apply(this, args);
    },
  }[name]!;
  return posing(ambient, real);
}

/** Node loses the async context of a microtask that throws: reports to its step here. */
function ambientQueueMicrotask(callback: () => void): void {
  const step = activeStep();
  if (step === undefined || !step.tracks || typeof callback !== 'function') {
    processState.real.queueMicrotask(callback);
    return;
  }
  if (step.givenUp) return;
  processState.real.queueMicrotask(() => {
    try {
      callback();
    } catch (exception) {
      const { loop } = step;
      if (loop === null) throw exception;
      loop.report({ message: 'Exception in a microtask', exception }, step);
    }
  });
}

function makeAmbient(): Functions {
  const made: Functions = {
    setTimeout: starting('setTimeout'),
    setInterval: starting('setInterval'),
    setImmediate: starting('setImmediate'),
    clearTimeout: clearing('clearTimeout'),
    clearInterval: clearing('clearInterval'),
    clearImmediate: clearing('clearImmediate'),
    queueMicrotask: ambientQueueMicrotask as Fn,
  };
  for (const name of ['setTimeout', 'setImmediate'] as const) {
    Object.defineProperty(made[name], promisify.custom, {
      enumerable: true,
      get: () => ambientPromises[name],
    });
  }
  return made;
}

/** The functions in place of Node's. */
export const ambient: Readonly<Functions> = makeAmbient();

/** The functions for global objects with their own timers. */
const foreign = new WeakMap<object, Readonly<Functions>>();

/** The functions in place of a global object's timers. */
function ambientOf(globals: Functions): Readonly<Functions> {
  let own = foreign.get(globals);
  if (own === undefined) {
    own = areNodes(globals) ? ambient : windowTimers(globals);
    foreign.set(globals, own);
  }
  return own;
}

/** A browser window's timers are not Node's: they are numbers and behave differently. */
export function areNodes(globals: Functions): boolean {
  const { setTimeout } = globals;
  // Other code may have patched the ones outside the sandbox.
  const outside = globals === (globalThis as unknown) ? undefined : globalThis.setTimeout;
  return [undefined, ambient.setTimeout, processState.real.setTimeout, outside].includes(setTimeout);
}

/** Replaces the timers of a global object; returns a function that restores them. */
export function installGlobals(target: object, only?: readonly string[]): () => void {
  const globals = target as Functions;
  const own = ambientOf(globals);
  const names = only ?? Object.keys(own);
  const before = new Map(names.map(name => [name, globals[name]] as const));
  for (const name of names) if (globals[name] !== undefined) globals[name] = own[name]!;
  return () => {
    for (const [name, found] of before)
      if (globals[name] === own[name] && found !== undefined) globals[name] = found;
  };
}

/** Replaces those in `node:timers` and `node:timers/promises`, which the whole process shares, once. */
export function installModules(): void {
  const modules = [
    [nodeTimersOf(), ambient, ['queueMicrotask']],
    [promisesOf(), ambientPromises, ['scheduler']],
  ] as const;
  let changed = false;
  for (const [target, own, but] of modules) {
    if (processState.ambient.has(target)) continue;
    changed = true;
    processState.ambient.add(target);
    for (const [name, fn] of Object.entries(own)) {
      if (!(but as readonly string[]).includes(name)) (target as unknown as Functions)[name] = fn as Fn;
    }
  }
  const { scheduler } = promisesOf();
  if (!processState.ambient.has(scheduler)) {
    changed = true;
    processState.ambient.add(scheduler);
    const wait: unknown = ambientPromises.scheduler.wait;
    Object.defineProperty(scheduler, 'wait', { value: wait, configurable: true, writable: true });
  }
  if (changed) syncBuiltinESMExports();
}

/** The module's own object: a namespace import is a frozen view of it. */
function nodeTimersOf(): typeof nodeTimers {
  return require('node:timers') as typeof nodeTimers;
}

function promisesOf(): typeof timersPromises {
  return require('node:timers/promises') as typeof timersPromises;
}

/**
 * Without Jest, the first Loop installs the ambient timers; a test environment installs them in the sandbox before any
 * user code.
 */
export function installStandalone(): void {
  if (processState.ambient.has(globalThis)) return;
  processState.ambient.add(globalThis);
  installGlobals(globalThis);
  installModules();
}
