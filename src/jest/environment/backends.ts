import type { Backends, Driven } from '../../backends';
import { unknownLoopBackend } from '../../errors/loop/backends';
import { NODE } from '../../loop/backend-of';
import type { MakeBackend } from '../../loop/steps/backend';
import { areNodes } from '../../loop/timers/ambient';
import { processState } from '../../process/process-state';
import { RealWork } from '../../process/real-work';
import type { Globals } from '../file/circus';
import type { FileBackends } from '../file/file-backends';
import type { TestFile } from '../file/test-file';
import { seedOf } from '../process/run-seed';

/** The backends of the package, besides Node's own. */
const NAMES = ['virtual', 'chaos'];

/** The members of a test environment that are used here. */
interface Environment {
  readonly global: object;
  readonly fakeTimersModern?: { readonly constructor: unknown } | null;
}

/** Lets the Loops of a test file be on other backends than Node's own. Returns a function for the end of the file. */
export function provideBackends(environment: Environment, testFile: TestFile): () => void {
  const globals = environment.global as Globals;
  const numbers = !areNodes(globals as never);
  let loaded: Backends | undefined;
  const load = (): Backends => {
    const module = require('../../backends') as typeof import('../../backends');
    loaded ??= new module.Backends({
      makeError: problem => testFile.makeError(problem),
      globals,
      Fakes: environment.fakeTimersModern?.constructor as never,
      numbers,
      seed: () => seedOf(testFile),
      areFakesOn: () => areFakesOn(globals),
    });
    return loaded;
  };
  const make: FileBackends['make'] = (choice, test, driven, order) => {
    if (!NAMES.includes(choice.name))
      throw testFile.makeError(unknownLoopBackend(choice.name, [NODE, ...NAMES]));
    return load().make(choice, { test, driven, order });
  };
  testFile.backends = {
    names: NAMES,
    make,
    follow: () => load().follow(),
    hint: () =>
      areFakesOn(globals) && !advance(globals)
        ? "Jest's fake timers are on: their time moves only by jest.advanceTimersByTime() and the like."
        : undefined,
  };
  // Also of code that is loaded before it is known whether a backend is in use.
  processState.realWork = new RealWork(processState.real.now);
  const makeBackend: MakeBackend = choice => make(choice, undefined, FREE);
  processState.makeBackend = makeBackend;
  return () => {
    loaded?.close();
    processState.realWork = undefined;
    if (processState.makeBackend === makeBackend) processState.makeBackend = undefined;
  };
}

/** A Loop that a test makes itself: its time moves whenever nothing is ready. */
const FREE: Driven = { isAwaited: () => true, ownTimers: () => 0 };

/** Whether fake timers move with real time: `advanceTimers`. */
function advance({ setTimeout }: Globals): boolean {
  const { clock } = Object(setTimeout) as { clock?: { attachedInterval?: unknown } };
  return clock?.attachedInterval !== undefined;
}

/** Whether Jest's fake timers, modern or legacy, are in the place of ours. */
function areFakesOn({ setTimeout }: Globals): boolean {
  const { clock, _isMockFunction } = Object(setTimeout) as { clock?: unknown; _isMockFunction?: unknown };
  return clock !== undefined || _isMockFunction === true;
}
