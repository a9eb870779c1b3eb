import type { ServiceContext } from './context';

/** What can be started: a `Service`, or an object of its shape. See docs/services.md. */
export interface AnyService {
  /** For messages. @default the name of its class */
  readonly name?: string;
  /** Starts it. It is ready when this has returned, or resolved; if it throws, all that have started are stopped. */
  start(): unknown;
  /** Stops it. `error` is why the entrypoint ends, if something failed. */
  stop?(error?: unknown): unknown;
}

/** What services and handlers see of the entrypoint that runs them. See docs/services.md. */
export interface Entrypoint {
  /** What the services share: values by key. */
  readonly context: ServiceContext;
  /** The services that have started and have not been stopped. */
  readonly services: readonly AnyService[];
  /** Aborts when the entrypoint begins to end. */
  readonly closing: AbortSignal;
  /** Before the services start. */
  readonly preStart: EntrypointSignal;
  /** When all of them are ready. */
  readonly postStart: EntrypointSignal;
  /** Before the services stop. */
  readonly preStop: EntrypointSignal;
  /** When all of them have stopped. */
  readonly postStop: EntrypointSignal;
  /** Starts further services, all at once. Fails as the first start does. */
  startServices(...services: AnyService[]): Promise<void>;
  /** Stops services before the end. Ignores one that is not running. */
  stopServices(...services: AnyService[]): Promise<void>;
}

/** A moment in the life of an entrypoint. See docs/services.md. */
export interface EntrypointSignal {
  /** Calls `handler` at this moment. Throws once the entrypoint has started. */
  connect(handler: SignalHandler): void;
}

/** What a signal's handlers are called with. See docs/services.md. */
export interface SignalEvent {
  /** The entrypoint that runs them. */
  readonly entrypoint: Entrypoint;
  /** The services being started or stopped. */
  readonly services: readonly AnyService[];
}

/** A handler of a signal; the entrypoint awaits it. See docs/services.md. */
export type SignalHandler = (event: SignalEvent) => unknown;
