import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import type { Event, State } from '../file/circus';
import { loadEngine } from '../process/compiled/load-code';
import { type Base, baseOf, LOOPED } from './base-environment';
import type { FileEnvironment } from './file-environment';
import { PropertyHandler } from './property-handler';

/** The part of the engine that this file uses. */
interface Engine {
  readonly FileEnvironment: typeof FileEnvironment;
}

const made = new WeakMap<Base, unknown>();

/** Makes a loop environment of a class of environments, or of the module that exports one. */
export function withLoop(base: unknown): unknown {
  const found = baseOf(base);
  // It is a loop environment, or extends one.
  if (LOOPED in found) return found;
  if (!made.has(found)) made.set(found, extend(found));
  return made.get(found);
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
      const baseHandles = super.handleTestEvent !== undefined || this.#propertyHandler.handler !== undefined;
      await this.#file.setup(() => super.setup(), {
        handlesLast,
        handlesAlone: handlesLast && !baseHandles,
      });
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
