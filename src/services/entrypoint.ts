import {
  entrypointEnded,
  invalidService,
  serviceDied,
  servicesFailed,
  servicesNotReady,
  servicesNotStopped,
} from '../errors/network/services';
import type { Loop } from '../loop';
import { siteOf } from '../loop/steps/pending-work';
import { currentStep, runIn } from '../loop/steps/step';
import * as promises from '../node/promise';
import { after, cancel } from '../process/real-time';
import { ServiceContext } from './context';
import type { AnyService, Entrypoint } from './entrypoint-types';
import { Running } from './running';
import { isService } from './service';
import { serviceError } from './service-error';
import { Signal } from './signal';

/** The options of an entrypoint, the value of the fixture `entrypointOptions`. All times in ms. See docs/services.md. */
export interface EntrypointOptions {
  /** How long all services together may take to get ready. @default 10000 */
  readonly startTimeout?: number;
  /** How long all services together may take to stop. @default 10000 */
  readonly stopTimeout?: number;
}

/** What an entrypoint is made of. */
export interface EntrypointParts extends EntrypointOptions {
  readonly services: readonly AnyService[];
  readonly defaultContext?: Readonly<Record<string, unknown>>;
  /** The Loop that `start()` methods run in. */
  readonly loop: Loop;
  /** Where the services were given, for messages. */
  readonly place?: string | undefined;
  /** The place of a call of `startServices()`, for messages. */
  readonly placeOf?: (site: Error) => string | undefined;
  /** A service failed after it was ready. */
  readonly died: (error: Error) => void;
  /** A service is about to start. */
  readonly begun?: (service: AnyService) => void;
}

/** Of all services together, in ms. */
export const DEFAULT_TIMEOUT = 10_000;

/** Starts services, and stops what it started, once, whatever fails. See docs/services.md. */
export class ServiceRunner implements Entrypoint {
  readonly context = new ServiceContext();
  readonly preStart = new Signal('preStart');
  readonly postStart = new Signal('postStart');
  readonly preStop = new Signal('preStop');
  readonly postStop = new Signal('postStop');
  readonly #parts: EntrypointParts;
  /** The step that it was made in. */
  readonly #step = currentStep();
  readonly #closing = new AbortController();
  readonly #running = new Map<AnyService, Running>();
  #stopping: Promise<void> | undefined;

  constructor(parts: EntrypointParts) {
    checkServices('services', parts.services);
    this.#parts = parts;
    for (const [key, value] of Object.entries(parts.defaultContext ?? {})) this.context.set(key, value);
  }

  get services(): readonly AnyService[] {
    return [...this.#running.keys()];
  }

  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Starts the services that it was made with. */
  async start(): Promise<void> {
    try {
      await this.#startAll(this.#parts.services, () => this.#parts.place);
    } finally {
      // Not before: services connect handlers as they start.
      for (const signal of [this.preStart, this.postStart, this.preStop, this.postStop]) signal.freeze();
    }
  }

  async startServices(...services: AnyService[]): Promise<void> {
    const site = siteOf(this.startServices);
    await this.#startAll(services, () => this.#parts.placeOf?.(site) ?? this.#parts.place);
  }

  async #startAll(services: readonly AnyService[], place: () => string | undefined): Promise<void> {
    checkServices('startServices()', services);
    if (this.closing.aborted) throw serviceError(entrypointEnded('startServices()'));
    const fresh = services.filter(service => !this.#running.has(service));
    const event = { entrypoint: this, services: fresh };
    const failures: Failure[] = named('preStart', await this.preStart.emit(event));
    const started = failures.length > 0 ? [] : fresh.map(service => this.#begin(service, place));
    const { startTimeout = DEFAULT_TIMEOUT } = this.#parts;
    const inTime = await settledWithin(
      started.map(each => each.ready),
      startTimeout,
    );
    for (const { name, failure } of started) if (failure !== undefined) failures.push({ name, ...failure });
    const late = inTime ? [] : started.filter(each => !each.isReady && each.failure === undefined);
    failures.push(...named('postStart', await this.postStart.emit(event)));
    if (failures.length === 0 && late.length === 0) return;
    const notReady = serviceError(
      servicesNotReady(
        startTimeout,
        late.map(({ name }) => name),
        place(),
      ),
    );
    const [first] = failures;
    // Those that are up go down again; one that failed has nothing to stop.
    const stopped = started.filter(each => each.failure === undefined);
    for (const { service } of started)
      if (!stopped.some(each => each.service === service)) this.#running.delete(service);
    failures.push(...(await this.#stopAll(stopped, first?.error ?? notReady)));
    throw combined('start', failures, late.length === 0 ? undefined : notReady, place());
  }

  async stopServices(...services: AnyService[]): Promise<void> {
    checkServices('stopServices()', services);
    const running = services.flatMap(service => this.#running.get(service) ?? []);
    const failures = await this.#stopSignalled(running, undefined);
    if (failures.length > 0) throw combined('stop', failures, undefined);
  }

  /** Stops all that runs; once. `error` is why, if something failed. Rejects with all that went wrong. */
  stop(error?: unknown): Promise<void> {
    this.#stopping ??= this.#stop(error);
    return this.#stopping;
  }

  async #stop(error: unknown): Promise<void> {
    this.#closing.abort();
    const failures = await this.#stopSignalled([...this.#running.values()], error);
    this.context.close();
    if (failures.length > 0) throw combined('stop', failures, undefined);
  }

  async #stopSignalled(running: readonly Running[], reason: unknown): Promise<Failure[]> {
    const event = { entrypoint: this, services: running.map(({ service }) => service) };
    return [
      ...named('preStop', await this.preStop.emit(event)),
      ...(await this.#stopAll(running, reason)),
      ...named('postStop', await this.postStop.emit(event)),
    ];
  }

  /** Every one to its end, whatever another does. */
  async #stopAll(running: readonly Running[], reason: unknown): Promise<Failure[]> {
    const failures: Failure[] = [];
    const open = new Set(running);
    const stops = running.map(async each => {
      try {
        await each.stop(reason);
      } catch (error) {
        failures.push({ name: each.name, error });
      } finally {
        open.delete(each);
        this.#running.delete(each.service);
      }
    });
    const { stopTimeout = DEFAULT_TIMEOUT } = this.#parts;
    if (await settledWithin(stops, stopTimeout)) return failures;
    const late: string[] = [];
    // Those that are given up later are no news.
    const news = [...failures];
    for (const each of open) {
      this.#running.delete(each.service);
      each.giveUp();
      if (each.stopFailure !== undefined) news.push({ name: each.name, ...each.stopFailure });
      // A service whose start() goes on although cancelled has stopped.
      else if (!each.hasStopped) late.push(each.name);
    }
    if (late.length > 0)
      news.push({ name: late.join(', '), error: serviceError(servicesNotStopped(stopTimeout, late)) });
    return news;
  }

  #begin(service: AnyService, place: () => string | undefined): Running {
    const { loop } = this.#parts;
    this.#parts.begun?.(service);
    const running = new Running(service, {
      entrypoint: this,
      createTask: (fn, name) => this.#inItsStep(() => loop.createTask(async () => await fn(), { name })),
      died: ({ name }, error) => this.#parts.died(serviceError(serviceDied(name, error, place()), error)),
    });
    this.#running.set(service, running);
    return running;
  }

  /** What a test starts belongs to the entrypoint, and goes on when the test is cancelled. */
  #inItsStep<T>(create: () => T): T {
    return this.#step === undefined || this.#step.givenUp ? create() : runIn(this.#step, create);
  }
}

interface Failure {
  readonly name: string;
  readonly error: unknown;
}

/** All that went wrong, as one error. `more` is an error of its own beside the failures of services. */
function combined(
  phase: 'start' | 'stop',
  failures: readonly Failure[],
  more: Error | undefined,
  place?: string,
): Error {
  if (failures.length === 0) return more!;
  const all = more === undefined ? failures : [...failures, { name: 'start', error: more }];
  const errors = all.map(({ error }) => error);
  const error = serviceError(servicesFailed(phase, all, place), errors.length === 1 ? errors[0] : undefined);
  return Object.assign(error, errors.length > 1 && { errors });
}

function named(name: string, errors: readonly unknown[]): Failure[] {
  return errors.map(error => ({ name, error }));
}

function checkServices(call: string, services: unknown): void {
  if (!Array.isArray(services)) throw serviceError(invalidService(call, services));
  for (const service of services) if (!isService(service)) throw serviceError(invalidService(call, service));
}

/** Whether all have settled within some ms. Never rejects. */
function settledWithin(pending: readonly Promise<unknown>[], ms: number): Promise<boolean> {
  if (pending.length === 0) return promises.resolve(true);
  return new Promise(resolve => {
    const timer = ms === Number.POSITIVE_INFINITY ? undefined : after(ms, () => resolve(false));
    void promises.allSettled(pending).then(() => {
      if (timer !== undefined) cancel(timer);
      resolve(true);
    });
  });
}
