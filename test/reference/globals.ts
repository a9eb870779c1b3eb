/**
 * Types the globals: `"types": ["node", "jest-loop/globals"]` in `tsconfig.json`. It declares `fixture` and `mark`, and
 * all of Jest's globals; beside `@types/jest`, it adds fixtures to `test`, `it`, `describe` and the hooks. See
 * docs/typescript.md.
 *
 * @module jest-loop/globals
 */
import type * as jestLoop from '../../src';

/** Declares a fixture for the place where it stands. See docs/fixtures.md. */
export declare const fixture: typeof jestLoop.fixture;

/** Statements for the enclosing describe block or, outside of any, the file. See docs/errors.md. */
export declare const mark: typeof jestLoop.mark;
