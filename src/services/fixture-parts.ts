import type { Site } from '../errors/site';
import type { Loop } from '../loop';
import type { Owner } from '../loop/steps/step';
import { printAlone } from '../process/print-alone';
import { outputsOf } from '../util/output-of';
import { DEFAULT_TIMEOUT, type EntrypointParts, type ServiceRunner } from './entrypoint';
import type { EntrypointOptions } from './entrypoint-options';
import type { AnyService } from './entrypoint-types';

/** What `entrypoint` depends on. */
export interface EntrypointDeps {
  readonly services: readonly AnyService[];
  readonly defaultContext: Readonly<Record<string, unknown>>;
  readonly entrypointOptions: EntrypointOptions;
  readonly tasks: { start(fn: () => unknown): unknown };
  readonly asyncTimeout: { set(ms: number): void };
}

export interface EntrypointRequest {
  readonly loop: Loop | null;
  readonly scope: string;
  readonly test: { readonly outcome: string | undefined } | undefined;
  onCleanup(fn: () => unknown): void;
  /** Where a dependency is declared. */
  siteOf(dependency: string): Site | undefined;
}

/** The fixture has this much more time than its services, in ms: their limits name those that are late. */
const MARGIN = 1000;

/** Where its services were given, for messages. */
export type Places = Pick<EntrypointParts, 'place' | 'placeOf'>;

/** The parts of an entrypoint that is a fixture. One that starts nothing makes no more of them than this. */
export class FixtureParts implements EntrypointParts {
  readonly services: readonly AnyService[];
  readonly defaultContext: Readonly<Record<string, unknown>>;
  readonly options: EntrypointOptions;
  readonly #deps: EntrypointDeps;
  readonly #request: EntrypointRequest;
  readonly #places: Places;
  /** Each service that was started, with the code that did. */
  #begun: Map<AnyService, Owner | undefined> | undefined;
  #ends = false;
  /** What a service died of. */
  #death: unknown;

  constructor(deps: EntrypointDeps, request: EntrypointRequest, places: Places) {
    this.services = deps.services;
    this.defaultContext = deps.defaultContext;
    this.options = deps.entrypointOptions;
    this.#deps = deps;
    this.#request = request;
    this.#places = places;
  }

  get loop(): Loop {
    return this.#request.loop!;
  }

  get place(): string | undefined {
    return this.#places.place;
  }

  placeOf(site: Error): string | undefined {
    return this.#places.placeOf?.(site);
  }

  /** Ends the code that started it, like any failing task of the fixture, test or hook that this code belongs to. */
  died(error: Error, owner: Owner | undefined): void {
    this.#death ??= error.cause;
    if (owner?.failed?.(error) === true) return;
    this.#deps.tasks.start(() => {
      throw error;
    });
  }

  /** A test that starts nothing pays for no teardown. */
  needed(runner: ServiceRunner): void {
    if (!this.#ends) this.#request.onCleanup(() => this.#end(runner));
    this.#ends = true;
  }

  begun(service: AnyService, owner: Owner | undefined): void {
    if (this.#begun === undefined) this.limit();
    this.#begun ??= new Map();
    this.#begun.set(service, owner);
  }

  /** The last limit is remembered for the teardown. */
  limit(): void {
    const { startTimeout = DEFAULT_TIMEOUT, stopTimeout = DEFAULT_TIMEOUT } = this.options;
    this.#deps.asyncTimeout.set(Math.max(startTimeout, stopTimeout) + MARGIN);
  }

  outputOf(isShown: (owner: Owner | undefined) => boolean): string {
    const shown = [...(this.#begun ?? [])].filter(([, owner]) => isShown(owner));
    return outputsOf(shown.map(([service]) => service)).join('\n');
  }

  async #end(runner: ServiceRunner): Promise<void> {
    try {
      await runner.stop(this.#death);
    } finally {
      const shown = this.#request.test?.outcome === 'failed' ? this.outputOf(() => true) : '';
      if (shown !== '') await printAlone(console, shown);
    }
  }
}
