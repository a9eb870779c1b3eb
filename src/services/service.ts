import { serviceNotAttached } from '../errors/network/services';
import { processState } from '../process/process-state';
import type { ServiceContext } from './context';
import type { AnyService, Entrypoint } from './entrypoint-types';
import { serviceError } from './service-error';

/** The link between a service and its entrypoint. */
interface Attachment {
  readonly entrypoint: Entrypoint;
  /** It is ready. */
  ready(): void;
}

/** The key of it in a service, in any realm: a service of a wider scope lives in another realm than its entrypoint. */
const ATTACHMENT = Symbol.for('jest-loop.service');

/** The attachments of those that take no property: frozen or sealed ones. */
const attachments = processState.services as WeakMap<object, Attachment>;

/**
 * Something that runs while a test, or a program, needs it: a server, a consumer, a child process.
 *
 * ```ts
 * class Mailer extends Service {
 *   async start() {
 *     const db = await this.context.get<Db>('db');
 *     this.started();
 *     for await (const mail of db.mails()) await send(mail);
 *   }
 * }
 * ```
 *
 * It is ready when `start()` returns or calls `started()`. A `start()` that goes on is cancelled after `stop()`; one
 * that throws later ends the test, which fails. See docs/services.md.
 */
export abstract class Service implements AnyService {
  /** For messages. @default the name of the class */
  get name(): string {
    return this.constructor.name;
  }

  /** Starts it. Ready when it returns, or when it calls `started()` and goes on. */
  abstract start(): unknown;

  /** Stops it; awaited. `error` is why, if something failed. */
  stop(_error?: unknown): unknown {
    return undefined;
  }

  /** It is ready, and `start()` goes on. */
  started(): void {
    attachmentOf(this, 'entrypoint').ready();
  }

  /** What the services of its entrypoint share: values by key. */
  get context(): ServiceContext {
    return attachmentOf(this, 'context').entrypoint.context;
  }

  /** The entrypoint that runs it. */
  get entrypoint(): Entrypoint {
    return attachmentOf(this, 'entrypoint').entrypoint;
  }
}

function attachmentOf(service: Service, member: string): Attachment {
  const found =
    attachments.get(service) ?? (service as unknown as Record<symbol, Attachment | undefined>)[ATTACHMENT];
  if (found === undefined) throw serviceError(serviceNotAttached(service.name, member));
  return found;
}

/** Links a service to its entrypoint. */
export function attach(service: AnyService, attachment: Attachment): void {
  // A property where possible: it is also seen through a Proxy.
  const isSet = Reflect.defineProperty(service, ATTACHMENT, { value: attachment, configurable: true });
  if (!isSet) attachments.set(service, attachment);
}

/** How a service is named in messages. */
export function nameOf(service: AnyService): string {
  const { name } = service;
  if (typeof name === 'string' && name !== '') return name;
  return service.constructor?.name ?? 'service';
}

/** Whether it can be started. */
export function isService(value: unknown): value is AnyService {
  return (
    typeof value === 'object' && value !== null && typeof (value as { start?: unknown }).start === 'function'
  );
}
