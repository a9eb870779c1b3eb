/**
 * Types `test`, `it` and `describe` of `@jest/globals` in programs that import 'jest-loop'.
 * Its hooks and `each` have types that cannot be extended: import those from 'jest-loop'. See docs/fixtures.md.
 */

import type { Global as Jest } from '@jest/types';
import type { DescribeOptions, TestOptions } from '../types';
import type { TestModifiers } from './markers';
import type { DescribeFunction, LikeOptions, TestFunction, TestTools, Title } from './test';

declare module '@jest/types' {
  namespace Global {
    interface ItBase extends TestModifiers {
      (name: Title, fn: TestFunction | LikeOptions, timeout?: number): void;
      (name: Title, options: TestOptions, fn: TestFunction, timeout?: number): void;
    }
    interface It extends TestTools {}
    interface Failing<T extends Jest.TestFn> extends TestModifiers {
      (name: Title, fn: TestFunction | LikeOptions, timeout?: number): void;
      (name: Title, options: TestOptions, fn: TestFunction, timeout?: number): void;
    }
    interface ItConcurrentBase extends TestModifiers {
      (name: Title, fn: TestFunction | LikeOptions, timeout?: number): void;
      (name: Title, options: TestOptions, fn: TestFunction, timeout?: number): void;
    }
    interface DescribeBase extends TestModifiers {
      (name: Title, options: DescribeOptions, fn: DescribeFunction): void;
    }
  }
}
