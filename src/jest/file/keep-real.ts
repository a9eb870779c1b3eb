/**
 * With `automock` Jest mocks what a test file loads; these modules stay what they are. Called in the sandbox of the
 * file, since only there Jest can unmock them.
 */
export function keepReal(modules: readonly string[]): void {
  if (modules.length === 0) return;
  const { jest } = require('@jest/globals') as typeof import('@jest/globals');
  for (const module of modules) {
    jest.unmock(module);
    jest.unstable_unmockModule?.(module);
  }
}
