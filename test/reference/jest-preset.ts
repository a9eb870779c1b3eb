/**
 * The preset: `preset: 'jest-loop'`. It sets the environment, the setup file `jest-loop/setup` (which exports nothing and
 * has to be the first of `setupFilesAfterEnv`), the runner, and what finds `jest.fixtures` files. See docs/running.md.
 *
 * @module jest-loop/jest-preset
 */
import type { Preset } from '../../src/entries/preset';

/** What `preset: 'jest-loop'` stands for, to be spread into a configuration: `{ ...preset, … }`. See docs/running.md. */
declare const preset: { [Name in keyof Preset]: Preset[Name] };
export default preset;
