import type * as JestGlobals from '@jest/globals';

/** What the types of Jest's mocks take for a function. */
// biome-ignore lint/suspicious/noExplicitAny: the constraint of Jest's own types
export type JestFunction = (...args: any) => any;
/** What the types of Jest's mocks take for a class. */
// biome-ignore lint/suspicious/noExplicitAny: the constraint of Jest's own types
export type JestClass = new (...args: any) => any;

/** What Jest's `jest` does for the module that it belongs to: it finds relative paths from there. */
export type ModuleMethod =
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
export type JestObject = Omit<typeof JestGlobals.jest, ModuleMethod> &
  Readonly<Record<ModuleMethod, TakeItFromJest>>;

type Own = Readonly<Record<string, unknown>>;

const OF_THE_MODULE: Readonly<Record<ModuleMethod, true>> = {
  autoMockOff: true,
  autoMockOn: true,
  createMockFromModule: true,
  deepUnmock: true,
  disableAutomock: true,
  doMock: true,
  dontMock: true,
  enableAutomock: true,
  mock: true,
  requireActual: true,
  requireMock: true,
  setMock: true,
  unmock: true,
  unstable_mockModule: true,
  unstable_unmockModule: true,
};

/**
 * Jest's `jest` as the package exports it. It belongs to the module of ours that asked for it, so relative paths would
 * be looked up from there; and no compiler moves its calls above the imports. So what mocks modules throws.
 */
export function withoutMocking(jest: Own): Own {
  const own: Record<string, unknown> = { ...jest };
  for (const name of Object.keys(OF_THE_MODULE)) if (name in own) own[name] = refuse(name);
  return own;
}

function refuse(name: string): () => never {
  return function refused() {
    // Loaded when it is needed: this module is loaded in the sandbox of each file that imports the package.
    const { mocksModule } = require('../../errors/mocking') as typeof import('../../errors/mocking');
    const { code, message } = mocksModule(name);
    const error = Object.assign(new Error(message), { code });
    Error.captureStackTrace(error, refused);
    throw error;
  };
}
