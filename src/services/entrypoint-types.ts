import type { ServiceContext } from './context';

/** What can be started: a `Service`, or an object of its shape. */
export interface AnyService {
  /** For messages. @default the name of its class */
  readonly name?: string;
  start(): unknown;
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
  readonly preStart: EntrypointSignal;
  readonly postStart: EntrypointSignal;
  readonly preStop: EntrypointSignal;
  readonly postStop: EntrypointSignal;
  /** Starts further services, all at once. Fails as the first start does. */
  startServices(...services: AnyService[]): Promise<void>;
  /** Stops services before the end. Ignores one that is not running. */
  stopServices(...services: AnyService[]): Promise<void>;
}

/** A moment in the life of an entrypoint. */
export interface EntrypointSignal {
  /** Calls `handler` at this moment. Throws once the entrypoint has started. */
  connect(handler: SignalHandler): void;
}

/** What a signal's handlers are called with. */
export interface SignalEvent {
  readonly entrypoint: Entrypoint;
  /** The services being started or stopped. */
  readonly services: readonly AnyService[];
}

/** A handler of a signal; the entrypoint awaits it. */
export type SignalHandler = (event: SignalEvent) => unknown;
