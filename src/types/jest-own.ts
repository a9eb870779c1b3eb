import type * as JestGlobals from '@jest/globals';

/** What the types of Jest's mocks take for a function. */
// biome-ignore lint/suspicious/noExplicitAny: the constraint of Jest's own types
export type JestFunction = (...args: any) => any;
/** What the types of Jest's mocks take for a class. */
// biome-ignore lint/suspicious/noExplicitAny: the constraint of Jest's own types
export type JestClass = new (...args: any) => any;

/** What Jest's `jest` does for the module that it belongs to: it finds relative paths from there. */
export type OfTheModule =
  | 'autoMockOff'
  | 'autoMockOn'
  | 'createMockFromModule'
  | 'deepUnmock'
  | 'disableAutomock'
  | 'doMock'
  | 'dontMock'
  | 'enableAutomock'
  | 'mock'
  | 'requireActual'
  | 'requireMock'
  | 'setMock'
  | 'unmock'
  | 'unstable_mockModule'
  | 'unstable_unmockModule';

/** Shown by the type checker where one of these is called. */
export type TakeItFromJest =
  "Modules are mocked with Jest's own `jest`: import { jest } from '@jest/globals', or use the global one";

/** `jest` without what mocks modules. See docs/typescript.md. */
export type JestOwn = Omit<typeof JestGlobals.jest, OfTheModule> &
  Readonly<Record<OfTheModule, TakeItFromJest>>;
