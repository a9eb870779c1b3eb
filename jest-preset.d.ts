import type { Preset } from './build/entries/preset';

/** What `preset: 'jest-loop'` stands for, to be spread into a configuration: `{ ...preset, … }`. */
declare const preset: { [Name in keyof Preset]: Preset[Name] };
export = preset;
