import type { Loop } from '../loop';
import { showsOutput } from '../util/output-of';
import { DEFAULT_TIMEOUT, type EntrypointOptions, type EntrypointParts, ServiceRunner } from './entrypoint';
import type { AnyService } from './entrypoint-types';
import type { ProcessService } from './process';

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

async function entrypoint(
  { services, defaultContext, entrypointOptions, tasks, asyncTimeout }: Deps,
  request: Request,
  { place, placeOf }: Pick<EntrypointParts, 'place' | 'placeOf'>,
): Promise<ServiceRunner> {
  const { startTimeout = DEFAULT_TIMEOUT, stopTimeout = DEFAULT_TIMEOUT } = entrypointOptions;
  const shown = new Set<ProcessService>();
  const runner = new ServiceRunner({
    startTimeout,
    stopTimeout,
    services,
    defaultContext,
    loop: request.loop!,
    place,
    placeOf,
    // It ends what its users do, as any failing task of theirs does.
    died: error =>
      void tasks.start(() => {
        throw error;
      }),
    begun: service => {
      // It may be of another realm.
      if (typeof (service as Partial<ProcessService>).newOutput === 'function')
        shown.add(service as ProcessService);
    },
  });
  request.onCleanup(async () => {
    try {
      await runner.stop();
    } finally {
      if (request.test?.outcome === 'failed') {
        const output = newOutput(shown);
        if (output !== '') console.log(output);
      }
    }
  });
  // Where it serves several tests, with each of them that fails.
  if (request.test === undefined) showsOutput(runner, () => newOutput(shown));
  // The last is remembered for the teardown.
  asyncTimeout.set(Math.max(startTimeout, stopTimeout) + MARGIN);
  await runner.start();
  return runner;
}

/** What the processes have written since they were last asked. */
function newOutput(services: Iterable<ProcessService>): string {
  return [...services]
    .map(service => [service.name, service.newOutput()] as const)
    .filter(([, output]) => output !== '')
    .map(([name, output]) => `Output of service "${name}":\n${output}`)
    .join('\n');
}

/** The functions of the built-in fixtures about services, by name. */
export const fixtures = { entrypoint };

/** Those that are made at once. */
export const values = {
  services: () => [],
  defaultContext: () => ({}),
  entrypointOptions: () => ({}),
};
