import type * as JestGlobals from '@jest/globals';

/** A function, to the types of Jest's mocks. */
// biome-ignore lint/suspicious/noExplicitAny: the constraint of Jest's own types
export type JestFunction = (...args: any) => any;
/** A class, to the types of Jest's mocks. */
// biome-ignore lint/suspicious/noExplicitAny: the constraint of Jest's own types
export type JestClass = new (...args: any) => any;

/** The methods of `jest` that act on the importing module: they resolve relative paths from there. */
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

/** The type checker shows this where one of them is called. */
export type TakeItFromJest =
  "Modules are mocked with Jest's own `jest`: import { jest } from '@jest/globals', or use the global one";

/** `jest` without the methods that mock modules. See docs/typescript.md. */
export type JestObject = Omit<typeof JestGlobals.jest, ModuleMethod> &
  Readonly<Record<ModuleMethod, TakeItFromJest>>;

const MODULE_METHODS: Readonly<Record<ModuleMethod, true>> = {
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
 * Jest's `jest` as the package exports it. It belongs to our module, so it would resolve relative paths from there, and
 * no compiler moves its calls above the imports. So the methods that mock modules throw.
 */
export function withoutMocking(jest: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const copy: Record<string, unknown> = { ...jest };
  for (const name of Object.keys(MODULE_METHODS)) if (name in copy) copy[name] = refuse(name);
  return copy;
}

function refuse(name: string): () => never {
  return function refused() {
    // Loaded on demand: each file that imports the package loads this module in its sandbox.
    const { mocksModule } =
      require('../../errors/tests/mocking') as typeof import('../../errors/tests/mocking');
    const { explained } = require('../../errors/problem') as typeof import('../../errors/problem');
    const problem = mocksModule(name);
    const error = new Error(problem.message);
    Error.captureStackTrace(error, refused);
    throw explained(error, problem);
  };
}
