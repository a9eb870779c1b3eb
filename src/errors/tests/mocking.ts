import { layOut, type Problem } from '../problem';

const importOf = (module: string): string => ['import { jest } from', `'${module}'`].join(' ');
/** SWC hoists calls of the global one only. */
const FIX = `${importOf('@jest/globals')}, or use the global \`jest\`, which SWC needs; the rest may come from jest-loop.`;

/** A call such as `jest.mock` on the `jest` that this package exports. */
export function mocksModule(method: string): Problem {
  return {
    code: 'ERR_TEST_API',
    message: layOut(
      `The \`jest\` that 'jest-loop' exports cannot mock modules: jest.${method}() was called on it.`,
      ["Compilers move mock calls above the imports only for Jest's own `jest`."],
      FIX,
    ),
  };
}

/** The same where the compiler hoisted the call, but not the import of `jest`. */
export function mocksTooEarly(error: string): string {
  return layOut(
    error,
    [
      `A call such as jest.mock() was moved above \`${importOf('jest-loop')}\`, where there is no \`jest\` yet.`,
    ],
    FIX,
  );
}
