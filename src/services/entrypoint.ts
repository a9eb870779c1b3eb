import {
  entrypointEnded,
  invalidService,
  type ServiceFailure,
  serviceDied,
  servicesNotReady,
  servicesNotStopped,
} from '../errors/network/services';
import type { Loop } from '../loop';
import { siteOf } from '../loop/steps/pending-work';
import { currentStep, type Owner, runIn } from '../loop/steps/step';
import { LazySignal } from '../util/lazy-signal';
import { outputsOf } from '../util/output-of';
import { ServiceContext } from './context';
import { type EntrypointOptions, SIGNALS } from './entrypoint-options';
import type { AnyService, Entrypoint } from './entrypoint-types';
import { combined, ofHandlers } from './failures';
import { RunningService } from './running-service';
import { isService } from './service';
import { serviceError } from './service-error';
import { settledWithin } from './settled-within';
import { type Signal, Signals } from './signal';

/** What an entrypoint is made of. */
export interface EntrypointParts {
  readonly options?: EntrypointOptions;
  readonly services: readonly AnyService[];
  readonly defaultContext?: Readonly<Record<string, unknown>>;
  /** The Loop that `start()` methods run in; read when the first starts. */
  readonly loop: Loop;
  /** Where the services were given, for messages. */
  readonly place?: string | undefined;
  /** The place of a call of `startServices()`, for messages. */
  readonly placeOf?: (site: Error) => string | undefined;
  /** A service failed after it was ready. `owner`: of the code that started it. */
  readonly died: (error: Error, owner: Owner | undefined) => void;
  /** Called, perhaps several times, before anything begins that `stop` has to end. */
  readonly needed?: (runner: ServiceRunner) => void;
  /** A service is about to start. */
  readonly begun?: (service: AnyService, owner: Owner | undefined) => void;
}

/** The default limit for all services together, in ms. */
export const DEFAULT_TIMEOUT = 10_000;

/** Starts services, and stops what it started, once, whatever fails. See docs/services.md. */
export class ServiceRunner implements Entrypoint {
  readonly #signals = new Signals();
  readonly #parts: EntrypointParts;
  /** The step that it was made in. */
  readonly #step = currentStep();
  readonly #closing = new LazySignal();
  readonly #running = new Map<AnyService, RunningService>();
  #context: ServiceContext | undefined;
  #stopping: Promise<void> | undefined;

  constructor(parts: EntrypointParts) {
    checkServices('services', parts.services);
    this.#parts = parts;
    const { options, defaultContext = {} } = parts;
    if (options !== undefined)
      for (const name of SIGNALS) {
        const handler = options[name];
        if (handler !== undefined) this[name].connect(handler);
      }
    for (const [key, value] of Object.entries(defaultContext)) this.context.set(key, value);
  }

  get context(): ServiceContext {
    this.#context ??= new ServiceContext(() => this.#needed());
    return this.#context;
  }

  get preStart(): Signal {
    return this.#signals.named('preStart');
  }

  get postStart(): Signal {
    return this.#signals.named('postStart');
  }

  get preStop(): Signal {
    return this.#signals.named('preStop');
  }

  get postStop(): Signal {
    return this.#signals.named('postStop');
  }

  get services(): readonly AnyService[] {
    return [...this.#running.keys()];
  }

  get closing(): AbortSignal {
    this.#needed();
    return this.#closing.signal;
  }

  /** Whether any service was given, or any handler. */
  get hasWork(): boolean {
    return this.#parts.services.length > 0 || this.#signals.haveHandlers;
  }

  #needed(): void {
    this.#parts.needed?.(this);
  }

  /** Starts the services that it was made with. */
  async start(): Promise<void> {
    try {
      if (this.hasWork) await this.#startAll(this.#parts.services, () => this.#parts.place);
    } finally {
      // Not before: services connect handlers as they start.
      this.freeze();
    }
  }

  /** It has started: its signals take no further handler. */
  freeze(): void {
    this.#signals.freeze();
  }

  async startServices(...services: AnyService[]): Promise<void> {
    const site = siteOf(this.startServices);
    await this.#startAll(services, () => this.#parts.placeOf?.(site) ?? this.#parts.place);
  }

  async #startAll(services: readonly AnyService[], place: () => string | undefined): Promise<void> {
    checkServices('startServices()', services);
    this.#needed();
    if (this.#closing.aborted) throw serviceError(entrypointEnded('startServices()'));
    const fresh = services.filter(service => !this.#running.has(service));
    const event = { entrypoint: this, services: fresh };
    const failures: ServiceFailure[] = ofHandlers('preStart', await this.preStart.emit(event));
    const started = failures.length > 0 ? [] : fresh.map(service => this.#begin(service, place));
    const { startTimeout = DEFAULT_TIMEOUT } = this.#parts.options ?? {};
    const inTime = await settledWithin(
      started.map(each => each.ready),
      startTimeout,
    );
    for (const { name, failure } of started) if (failure !== undefined) failures.push({ name, ...failure });
    const late = inTime ? [] : started.filter(each => !each.isReady && each.failure === undefined);
    failures.push(...ofHandlers('postStart', await this.postStart.emit(event)));
    if (failures.length === 0 && late.length === 0) return;
    const notReady = (outputs: readonly string[]): Error => {
      const names = late.map(({ name }) => name);
      return serviceError(servicesNotReady(startTimeout, names, place(), outputs));
    };
    const reason = failures.length === 0 ? notReady([]) : failures[0]!.error;
    // Those that are up go down again; one that failed has nothing to stop.
    const stopped = started.filter(each => each.failure === undefined);
    for (const { service } of started)
      if (!stopped.some(each => each.service === service)) this.#running.delete(service);
    for (const each of await this.#stopAll(stopped, reason)) failures.push({ ...each, inStop: true });
    // One that failed alone is the cause, and shows its output itself.
    const shown = failures.length === 1 && late.length === 0 ? stopped : started;
    const outputs = outputsOf(shown.map(({ service }) => service));
    if (failures.length === 0) throw notReady(outputs);
    const all = late.length === 0 ? failures : [...failures, { name: 'start', error: notReady([]) }];
    throw combined('start', all, place(), outputs);
  }

  async stopServices(...services: AnyService[]): Promise<void> {
    checkServices('stopServices()', services);
    const running = services.flatMap(service => this.#running.get(service) ?? []);
    const failures = await this.#stopSignalled(running, undefined);
    if (failures.length > 0) throw combined('stop', failures);
  }

  /** Stops all that runs; once. `error` is why, if something failed. Rejects with all that went wrong. */
  stop(error?: unknown): Promise<void> {
    this.#stopping ??= this.#stop(error);
    return this.#stopping;
  }

  async #stop(error: unknown): Promise<void> {
    this.#closing.abort(undefined);
    const idle = this.#running.size === 0 && !this.#signals.haveHandlers;
    const failures = idle ? [] : await this.#stopSignalled([...this.#running.values()], error);
    this.context.close();
    if (failures.length > 0) throw combined('stop', failures);
  }

  async #stopSignalled(running: readonly RunningService[], reason: unknown): Promise<ServiceFailure[]> {
    const event = { entrypoint: this, services: running.map(({ service }) => service) };
    return [
      ...ofHandlers('preStop', await this.preStop.emit(event)),
      ...(await this.#stopAll(running, reason)),
      ...ofHandlers('postStop', await this.postStop.emit(event)),
    ];
  }

  /** Stops each one, even if another fails. */
  async #stopAll(running: readonly RunningService[], reason: unknown): Promise<ServiceFailure[]> {
    const failures: ServiceFailure[] = [];
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
    const { stopTimeout = DEFAULT_TIMEOUT } = this.#parts.options ?? {};
    if (await settledWithin(stops, stopTimeout)) return failures;
    const late: string[] = [];
    // Failures of services that are given up below are consequences of that.
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

  #begin(service: AnyService, place: () => string | undefined): RunningService {
    const { loop } = this.#parts;
    const owner = currentStep()?.owner;
    this.#parts.begun?.(service, owner);
    const running = new RunningService(service, {
      entrypoint: this,
      createTask: (fn, name) => this.#inItsStep(() => loop.createTask(async () => await fn(), { name })),
      died: ({ name }, error) =>
        this.#parts.died(serviceError(serviceDied(name, error, place()), error), owner),
    });
    this.#running.set(service, running);
    return running;
  }

  /** What a test starts belongs to the entrypoint, and goes on when the test is cancelled. */
  #inItsStep<T>(create: () => T): T {
    return this.#step === undefined || this.#step.givenUp ? create() : runIn(this.#step, create);
  }
}

function checkServices(call: string, services: unknown): void {
  if (!Array.isArray(services)) throw serviceError(invalidService(call, services));
  for (const service of services) if (!isService(service)) throw serviceError(invalidService(call, service));
}
