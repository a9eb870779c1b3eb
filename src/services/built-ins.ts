import { invalidServiceFixture } from '../errors/network/services';
import type { Site } from '../errors/site';
import { showsOutput } from '../util/output-of';
import { ServiceRunner } from './entrypoint';
import { checkEntrypointOptions, checkValues } from './entrypoint-options';
import { type EntrypointDeps, type EntrypointRequest, FixtureParts, type Places } from './fixture-parts';
import { serviceError } from './service-error';

const NO_SITE: Site = { at: undefined, path: undefined, line: undefined, frames: '' };

function entrypoint(
  deps: EntrypointDeps,
  request: EntrypointRequest,
  places: Places,
): ServiceRunner | Promise<ServiceRunner> {
  const checkOf =
    (name: string) =>
    (fits: boolean, expected: string, got: unknown): void => {
      if (fits) return;
      const site = request.siteOf(name) ?? NO_SITE;
      throw serviceError(invalidServiceFixture({ name, site }, expected, got));
    };
  checkEntrypointOptions(deps.entrypointOptions, checkOf('entrypointOptions'));
  checkValues(deps.defaultContext, checkOf('defaultContext'));
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
