import { SETTING, wrapRules } from '../eslint/wrap-rules';

// Here, so that the declarations of users can name them.
declare namespace configuration {
  /** A configuration object of ESLint; spreading it into a list gives itself. See docs/eslint.md. */
  interface Configuration {
    /** What ESLint calls it: `jest-loop`. */
    readonly name: string;
    /** Declares the globals `fixture` and `mark`. */
    readonly languageOptions: Readonly<Record<'globals', Readonly<Record<string, 'readonly'>>>>;
    /** Marks the files whose false alarms are taken away. */
    readonly settings: Readonly<Record<string, object>>;
    /** Rules of ESLint's own, with options that suit fixtures. */
    readonly rules: Readonly<Record<string, ['error', object]>>;
    /** Gives the configuration itself. */
    [Symbol.iterator](): Iterator<Configuration>;
  }
}
type Configuration = configuration.Configuration;

wrapRules();

const name = 'jest-loop';
const languageOptions: Configuration['languageOptions'] = {
  globals: { fixture: 'readonly', mark: 'readonly' },
};
const settings: Configuration['settings'] = { [SETTING]: {} };
// `async ({}, use) => …`, in the object form.
const rules: Configuration['rules'] = {
  'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
};

/**
 * ESLint's configuration for files with fixtures. It stands after that of `eslint-plugin-jest`, and takes away false
 * alarms: about parameters that request fixtures, about `expect` in fixtures, about the globals `fixture` and `mark`.
 * The rules stay on for everything else. See docs/eslint.md.
 *
 * ```js
 * export default [jest.configs['flat/recommended'], jestLoop];
 * ```
 */
const configuration: Configuration = {
  name,
  languageOptions,
  settings,
  rules,
  // Not among what ESLint enumerates.
  *[Symbol.iterator]() {
    yield configuration;
  },
};
// Never runs: lets Node's scan for the exports of CommonJS modules find these names.
// biome-ignore lint/suspicious/noAssignInExpressions: the form that the scan knows
0 && (module.exports = { languageOptions, name, rules, settings });
export = configuration;
