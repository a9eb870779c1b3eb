import { invalidBackend, invalidBackendOption, noFakeTimers } from '../errors/loop/backends';
import { processState } from '../process/process-state';
import type { BackendChoice, LoopBackend, MakeBackend } from './steps/backend';
import { loopError } from './steps/cancellation';
import type { WorkOwner } from './steps/pending-work';
import { currentStep } from './steps/step';

/** The backend of Node itself: no object stands for it. */
export const NODE = 'node';

/** The name of a backend: one of the package's, which editors complete, or one of `loopFactories`. */
type BackendName = 'node' | 'virtual' | 'chaos' | (string & Record<never, never>);

/** A backend as users give it: a name, or a name with options. See docs/backends.md. */
export type GivenBackend =
  | BackendName
  | readonly [name: BackendName, options: Readonly<Record<string, unknown>>];

/** The name and options of a given backend; undefined if it is neither a name nor `[name, options]`. */
export function choiceOf(given: unknown): BackendChoice | undefined {
  if (typeof given === 'string') return { name: given, options: {} };
  // `Array.isArray` also knows arrays of other realms.
  if (!Array.isArray(given) || given.length < 1 || given.length > 2) return undefined;
  const [name, options = {}] = given as unknown[];
  if (typeof name !== 'string' || typeof options !== 'object' || options === null || Array.isArray(options))
    return undefined;
  return { name, options: { ...options } };
}

/** The backend of a new Loop: that of the Loop around it. */
export function inheritedBackend(): LoopBackend | undefined {
  return (currentStep()?.known as WorkOwner | null | undefined)?.backend;
}

/** The backend for `new Loop({ backend })`. */
export function makeBackend(given: unknown): LoopBackend | undefined {
  const choice = choiceOf(given);
  if (choice === undefined) throw loopError(invalidBackend('new Loop({ backend })', given));
  if (choice.name === NODE) {
    const [option] = Object.entries(choice.options);
    if (option !== undefined)
      throw loopError(invalidBackendOption(NODE, option[0], undefined, option[1], []));
    return undefined;
  }
  const make = processState.makeBackend as MakeBackend | undefined;
  if (make === undefined) throw loopError(noFakeTimers(choice.name));
  return make(choice);
}
