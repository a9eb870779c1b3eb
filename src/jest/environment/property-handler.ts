import type { Event } from '../file/circus';
import type { BaseEnvironment, TestEventHandler } from './base-environment';

/** A `handleTestEvent` that is a property of the environment: there it would hide the method of the class. */
export class PropertyHandler {
  /** The handler, once it has been taken. */
  handler: TestEventHandler | undefined;
  #current: Event | undefined;

  constructor(readonly environment: BaseEnvironment) {}

  /** Takes it off the environment. A class field named `handleTestEvent` makes such a property. */
  take(): void {
    const { environment } = this;
    if (!Object.hasOwn(environment, 'handleTestEvent')) return;
    this.handler = environment.handleTestEvent as TestEventHandler;
    Reflect.deleteProperty(environment, 'handleTestEvent');
  }

  /** False if the handler is handling this event already: then it calls the method that it hides. */
  begin(event: Event): boolean {
    if (this.#current === event) return false;
    this.#current = event;
    return true;
  }
}
