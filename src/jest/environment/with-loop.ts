import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import type { Event, State } from '../file/circus';
import { loadEngine } from '../process/load-code';
import {
  type Base,
  baseOf,
  type EnvironmentClass,
  type Given,
  LOOPED,
  type LoopEnvironmentClass,
} from './base-environment';
import type { FileEnvironment } from './file-environment';
import { PropertyHandler } from './property-handler';

/** The part of the engine that this file uses. */
interface Engine {
  readonly FileEnvironment: typeof FileEnvironment;
}

const made = new WeakMap<Base, unknown>();

/**
 * Makes a loop environment of any Jest environment: a class that does what `base` does and supports fixtures, Loops and
 * time limits. A file that `testEnvironment` or a `@jest-environment` comment names needs only
 * `module.exports = withLoop(base)`. Throws if `base` is no class. See docs/environments.md.
 *
 * @param base the class, or the module that exports it as `TestEnvironment` or by default
 */
export function withLoop<B extends EnvironmentClass>(base: Given<B>): LoopEnvironmentClass<B> {
  const found = baseOf(base);
  // It is a loop environment, or extends one.
  if (LOOPED in found) return found as unknown as LoopEnvironmentClass<B>;
  if (!made.has(found)) made.set(found, extend(found));
  return made.get(found) as LoopEnvironmentClass<B>;
}

/** Extends a class by what runs its test file, which is loaded when the first environment is made. Only forwards. */
function extend(base: Base): Base {
  class LoopEnvironment extends base {
    static readonly [LOOPED] = true;
    readonly #file: FileEnvironment;
    readonly #propertyHandler: PropertyHandler;

    constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
      const { projectConfig } = config;
      const { FileEnvironment } = loadEngine(projectConfig) as Engine;
      // The Node environment makes a global of each key; ours is not meant for the sandbox.
      const { loop, ...testEnvironmentOptions } = projectConfig.testEnvironmentOptions;
      super({ ...config, projectConfig: { ...projectConfig, testEnvironmentOptions } }, context);
      this.#file = new FileEnvironment(this, config, context, loop);
      this.#propertyHandler = new PropertyHandler(this);
      this.#propertyHandler.take();
    }

    override async setup(): Promise<void> {
      // The properties that a subclass declares exist only after its constructor.
      this.#propertyHandler.take();
      // A class that extends this one may look at an event after us.
      const handlesLast = this.handleTestEvent === handleTestEvent;
      await this.#file.setup(() => super.setup(), handlesLast);
    }

    /**
     * Jest calls this for each event, and awaits the promise for an asynchronous event. Tracers patch it on the
     * prototype of the base, so we call that, too.
     */
    override handleTestEvent(event: Event, state: State): void | Promise<void> {
      const { handler } = this.#propertyHandler;
      if (handler === undefined)
        return this.#file.handle(event, state, super.handleTestEvent?.(event, state));
      if (!this.#propertyHandler.begin(event)) return super.handleTestEvent?.(event, state);
      return this.#file.handle(event, state, handler.call(this, event, state));
    }

    override async teardown(): Promise<void> {
      await this.#file.teardown(() => super.teardown());
    }
  }
  const { handleTestEvent } = LoopEnvironment.prototype;
  return LoopEnvironment;
}
