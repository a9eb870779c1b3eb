import { SETTING, wrapRules } from '../eslint/wrap-rules';

/** A configuration object of ESLint; spreading it into a list gives itself. */
interface Configuration {
  readonly name: string;
  readonly languageOptions: { readonly globals: Readonly<Record<string, 'readonly'>> };
  readonly settings: Readonly<Record<string, object>>;
  readonly rules: Readonly<Record<string, ['error', object]>>;
  [Symbol.iterator](): Iterator<Configuration>;
}

wrapRules();

/**
 * ESLint's configuration for files with fixtures. It stands after that of `eslint-plugin-jest`, and takes away false
 * alarms: about parameters that ask for fixtures, about `expect` in fixtures, about the globals `fixture` and `mark`.
 * The rules stay on for everything else. See docs/eslint.md.
 *
 * ```js
 * export default [jest.configs['flat/recommended'], jestLoop];
 * ```
 */
const configuration: Configuration = Object.defineProperty(
  {
    name: 'jest-loop',
    languageOptions: { globals: { fixture: 'readonly', mark: 'readonly' } },
    settings: { [SETTING]: {} },
    // `async ({}, use) => …`, in the object form.
    rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
  } as Omit<Configuration, typeof Symbol.iterator>,
  Symbol.iterator,
  {
    *value(this: Configuration) {
      yield this;
    },
  },
) as Configuration;

export = configuration;
