import { showsOutput } from '../util/output-of';
import { ServiceRunner } from './entrypoint';
import { checkEntrypointOptions } from './entrypoint-options';
import { type EntrypointDeps, type EntrypointRequest, FixtureParts, type Places } from './fixture-parts';

function entrypoint(
  deps: EntrypointDeps,
  request: EntrypointRequest,
  places: Places,
): ServiceRunner | Promise<ServiceRunner> {
  checkEntrypointOptions(deps.entrypointOptions);
  const parts = new FixtureParts(deps, request, places);
  const runner = new ServiceRunner(parts);
  // Where it serves several tests, with each that fails, unless a wider fixture has started it that the test does not use.
  if (request.scope !== 'test')
    showsOutput(runner, users =>
      parts.outputOf(
        owner => [undefined, 'test'].includes(owner?.instance?.scope) || users.has(owner?.instance),
      ),
    );
  if (runner.hasWork) {
    parts.limit();
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
