import {
  entrypointEnded,
  type ServiceFailure,
  serviceDied,
  servicesNotReady,
} from '../errors/network/services';
import type { Loop } from '../loop';
import type { PlacedTask } from '../loop/loop-options';
import { cancellation, isCancellation } from '../loop/steps/cancellation';
import { siteOf } from '../loop/steps/pending-work';
import { currentStep, type Owner, runIn, wasEndedEarly } from '../loop/steps/step';
import * as promises from '../node/promise';
import { LazySignal } from '../util/lazy-signal';
import { outputsOf } from '../util/output-of';
import { checkServices } from './check-services';
import { ServiceContext } from './context';
import { type EntrypointOptions, SIGNALS } from './entrypoint-options';
import type { AnyService, Entrypoint } from './entrypoint-types';
import { combined, ofHandlers } from './failures';
import { type RunningHost, RunningService } from './running-service';
import { serviceError } from './service-error';
import { settledWithin } from './settled-within';
import { type Signal, type SignalName, Signals } from './signal';
import { stopServices } from './stop-services';

/** The place of a start, for messages. */
type Place = () => string | undefined;

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
  /** All that are not gone, in the order of the calls that start them. */
  readonly #running = new Set<RunningService>();
  #context: ServiceContext | undefined;
  #stopping: Promise<void> | undefined;
  /** Why it ends, if something failed; or what a service died of. */
  #endedBy: unknown;

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
    const begun = [...this.#running].filter(({ hasBegun }) => hasBegun);
    return [...new Set(begun.map(({ service }) => service))];
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
    const place = (): string | undefined => this.#parts.placeOf?.(site) ?? this.#parts.place;
    await this.#startAll(services, place, site);
  }

  /** `site`: of the call; undefined for those that it was made with. */
  async #startAll(services: readonly AnyService[], place: Place, site?: Error): Promise<void> {
    checkServices('startServices()', services);
    this.#needed();
    if (this.#closing.aborted) throw serviceError(entrypointEnded('startServices()'));
    const { fresh, joined, leaving } = this.#claim(services, place, site);
    const isSignalled = site === undefined || fresh.length > 0;
    const failures = leaving.length > 0 ? await this.#awaitDown(leaving) : [];
    if (isSignalled) failures.push(...(await this.#inItsStep(() => this.#signal('preStart', fresh))));
    for (const each of fresh) {
      if (failures.length > 0) each.fail(failures[0]!.error);
      else if (!each.isLeaving) each.begin();
    }
    const begun = fresh.filter(({ hasBegun }) => hasBegun);
    const { startTimeout = DEFAULT_TIMEOUT } = this.#parts.options ?? {};
    await settledWithin(
      [...fresh, ...joined].map(({ settled }) => settled),
      startTimeout,
    );
    for (const { name, failure } of [...begun, ...joined])
      if (failure !== undefined) failures.push({ kind: 'start', name, ...failure });
    const late = [...fresh, ...joined].filter(({ isStarting }) => isStarting);
    if (isSignalled) failures.push(...(await this.#inItsStep(() => this.#signal('postStart', fresh))));
    const cancelled = [...fresh, ...joined].find(({ wasEndedEarly }) => wasEndedEarly);
    const echo = this.#takeEcho(failures);
    const isOver = cancelled !== undefined || echo !== undefined || this.#closing.aborted;
    if (failures.length === 0 && late.length === 0 && !isOver) return;
    const notReady = (outputs: readonly string[]): Error => {
      const names = late.map(({ name }) => name);
      return serviceError(servicesNotReady(startTimeout, names, place(), outputs));
    };
    const over =
      cancelled?.stopReason ?? echo?.error ?? this.#endedBy ?? 'stopped before all services were ready';
    const reason = failures[0]?.error ?? (late.length > 0 ? notReady([]) : (this.#endedBy ?? over));
    // Those that are up go down again; one that failed has nothing to stop.
    const stopped = fresh.filter(({ failure }) => failure === undefined);
    failures.push(...(await this.#inItsStep(() => this.#stopAll(stopped, reason))));
    if (failures.length === 0 && late.length === 0) throw cancellation(over);
    // One that failed alone is the cause, and shows its output itself.
    const shown = failures.length === 1 && late.length === 0 ? stopped : begun;
    const outputs = outputsOf(shown.map(({ service }) => service));
    if (failures.length === 0) throw notReady(outputs);
    const all =
      late.length === 0
        ? failures
        : [...failures, { kind: 'start' as const, name: 'start', error: notReady([]), count: late.length }];
    throw combined('start', all, place(), outputs);
  }

  /**
   * What of them is to be started, and what another call is starting. At once: further calls find it. One that is being
   * stopped, or has died, is started again when it has left.
   */
  #claim(
    services: readonly AnyService[],
    place: Place,
    site: Error | undefined,
  ): Record<'fresh' | 'joined' | 'leaving', RunningService[]> {
    const host = this.#hostOf(place, site);
    const fresh: RunningService[] = [];
    const joined: RunningService[] = [];
    const leaving: RunningService[] = [];
    for (const service of new Set(services)) {
      const known = [...this.#running].filter(each => each.service === service);
      const current = known.find(({ isLeaving, death }) => !isLeaving && death === undefined);
      if (current !== undefined) joined.push(current);
      else {
        fresh.push(new RunningService(service, host));
        leaving.push(...known);
      }
    }
    for (const each of fresh) this.#running.add(each);
    return { fresh, joined, leaving };
  }

  /** Stops those that nobody else stops: they have died. */
  async #awaitDown(leaving: readonly RunningService[]): Promise<ServiceFailure[]> {
    const dead = leaving.filter(({ isLeaving }) => !isLeaving);
    const stop = (): Promise<ServiceFailure[]> => this.#stopSignalled(dead, undefined);
    const failures = dead.length === 0 ? [] : await this.#inItsStep(stop);
    await promises.all(leaving.map(({ gone }) => gone));
    return failures;
  }

  /** Takes out those handlers that only say that the code which called them was ended. Returns the first. */
  #takeEcho(failures: ServiceFailure[]): ServiceFailure | undefined {
    if (!this.#closing.aborted && !wasEndedEarly(currentStep()) && !wasEndedEarly(this.#step))
      return undefined;
    const echoes = failures.filter(({ kind, error }) => kind === 'handler' && isCancellation(error));
    for (const echo of echoes) failures.splice(failures.indexOf(echo), 1);
    return echoes[0];
  }

  #hostOf(place: Place, site: Error | undefined): RunningHost {
    const owner = currentStep()?.owner;
    return {
      entrypoint: this,
      begins: ({ service }) => this.#parts.begun?.(service, owner),
      createTask: (fn, name) =>
        this.#inItsStep(() => {
          // No place: that would be here.
          const options: PlacedTask = { name, site };
          return this.#parts.loop.createTask(async () => await fn(), options);
        }),
      died: ({ name }, error) => {
        this.#endedBy ??= error;
        this.#parts.died(serviceError(serviceDied(name, error, place()), error), owner);
      },
      left: running => void this.#running.delete(running),
    };
  }

  async stopServices(...services: AnyService[]): Promise<void> {
    checkServices('stopServices()', services);
    const known = [...this.#running].filter(({ service }) => services.includes(service));
    const leaving = known.filter(({ isLeaving }) => isLeaving);
    const running = known.filter(({ isLeaving }) => !isLeaving);
    const failures =
      running.length === 0 ? [] : await this.#inItsStep(() => this.#stopSignalled(running, undefined));
    // The calls that stop them report their errors.
    await promises.all(leaving.map(({ gone }) => gone));
    if (failures.length > 0) throw combined('stop', failures);
  }

  /** Stops all that runs; once. `error` is why, if something failed. Rejects with all that went wrong. */
  stop(error?: unknown): Promise<void> {
    this.#stopping ??= this.#stop(error);
    return this.#stopping;
  }

  async #stop(error: unknown): Promise<void> {
    this.#endedBy = error ?? this.#endedBy;
    this.#closing.abort(undefined);
    const idle = this.#running.size === 0 && !this.#signals.haveHandlers;
    const failures = idle ? [] : await this.#stopSignalled([...this.#running], error);
    this.context.close();
    if (failures.length > 0) throw combined('stop', failures);
  }

  async #stopSignalled(running: readonly RunningService[], reason: unknown): Promise<ServiceFailure[]> {
    for (const each of running) each.isLeaving = true;
    return [
      ...(await this.#signal('preStop', running)),
      ...(await this.#stopAll(running, reason)),
      ...(await this.#signal('postStop', running)),
    ];
  }

  #stopAll(running: readonly RunningService[], reason: unknown): Promise<ServiceFailure[]> {
    return stopServices(running, reason, this.#parts.options?.stopTimeout ?? DEFAULT_TIMEOUT);
  }

  /** Calls the handlers of a signal. */
  async #signal(name: SignalName, running: readonly RunningService[]): Promise<ServiceFailure[]> {
    const services = running.map(({ service }) => service);
    return ofHandlers(name, await this[name].emit({ entrypoint: this, services }));
  }

  /** What a test starts belongs to the entrypoint, and goes on when the test is cancelled. */
  #inItsStep<T>(create: () => T): T {
    return this.#step === undefined || this.#step.givenUp ? create() : runIn(this.#step, create);
  }
}
