import type { Loop } from '../loop';
import type { Owner } from '../loop/steps/step';
import { printAlone } from '../process/print-alone';
import { outputsOf, showsOutput } from '../util/output-of';
import { DEFAULT_TIMEOUT, type EntrypointParts, ServiceRunner } from './entrypoint';
import { checkEntrypointOptions, type EntrypointOptions } from './entrypoint-options';
import type { AnyService } from './entrypoint-types';

/** What `entrypoint` depends on. */
interface Deps {
  readonly services: readonly AnyService[];
  readonly defaultContext: Readonly<Record<string, unknown>>;
  readonly entrypointOptions: EntrypointOptions;
  readonly tasks: { start(fn: () => unknown): unknown };
  readonly asyncTimeout: { set(ms: number): void };
}

interface Request {
  readonly loop: Loop | null;
  readonly test: { readonly outcome: string | undefined } | undefined;
  onCleanup(fn: () => unknown): void;
}

/** The fixture has this much more time than its services, in ms: their limits name those that are late. */
const MARGIN = 1000;

function entrypoint(
  { services, defaultContext, entrypointOptions, tasks, asyncTimeout }: Deps,
  request: Request,
  { place, placeOf }: Pick<EntrypointParts, 'place' | 'placeOf'>,
): ServiceRunner | Promise<ServiceRunner> {
  checkEntrypointOptions(entrypointOptions);
  const { startTimeout = DEFAULT_TIMEOUT, stopTimeout = DEFAULT_TIMEOUT } = entrypointOptions;
  // The last limit is remembered for the teardown.
  const limit = (): void => asyncTimeout.set(Math.max(startTimeout, stopTimeout) + MARGIN);
  const begun = new Map<AnyService, Owner | undefined>();
  const outputOf = (isShown: (owner: Owner | undefined) => boolean): string => {
    const shown = [...begun].filter(([, owner]) => isShown(owner));
    return outputsOf(shown.map(([service]) => service)).join('\n');
  };
  const end = async (): Promise<void> => {
    try {
      await runner.stop(death);
    } finally {
      const shown = request.test?.outcome === 'failed' ? outputOf(() => true) : '';
      if (shown !== '') await printAlone(console, shown);
    }
  };
  let ends = false;
  let death: unknown;
  const runner = new ServiceRunner({
    ...entrypointOptions,
    services,
    defaultContext,
    get loop() {
      return request.loop!;
    },
    place,
    placeOf,
    // It ends what the users of the fixture do that started it, as any failing task of that one does.
    died: (error, owner) => {
      death ??= error.cause;
      if (owner?.failed?.(error) === true) return;
      tasks.start(() => {
        throw error;
      });
    },
    // A test that starts nothing pays for no teardown.
    needed: () => {
      if (!ends) request.onCleanup(end);
      ends = true;
    },
    begun: (service, owner) => {
      if (begun.size === 0) limit();
      begun.set(service, owner);
    },
  });
  // Where it serves several tests, with each that fails, unless a wider fixture has started it that the test does not use.
  if (request.test === undefined)
    showsOutput(runner, users =>
      outputOf(owner => [undefined, 'test'].includes(owner?.instance?.scope) || users.has(owner?.instance)),
    );
  if (runner.hasWork) {
    limit();
    return runner.start().then(() => runner);
  }
  runner.freeze();
  return runner;
}

/** The functions of the built-in fixtures about services, by name. */
export const fixtures = { entrypoint };

/** Those that are made at once. */
export const values = {
  services: () => [],
  defaultContext: () => ({}),
  entrypointOptions: () => ({}),
};
