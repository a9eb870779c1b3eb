/*
 * Imports run downward, types included: a file may import from its own folder and from the folders below it in this
 * list. The core, everything below `jest/`, knows nothing of Jest.
 */
export const LAYERS = [
  // What users see: the index, the glossary of types.
  '',
  // The package's entry points, one short file each.
  'entries',
  // `jest-loop/run`: Jest in a program, and a program in a Loop.
  'program',
  // The command `jest-loop`.
  'cli',
  'cli/init',
  // The rules of ESLint's plugins, taught about fixtures.
  'eslint',
  // The two composition roots: the process of a test file, Jest's main process.
  'jest/environment',
  'jest/runner',
  // The stream of events: what is seen of one file; reading it in the main process.
  'jest/observe',
  // One file, test or hook while it runs.
  'jest/run',
  'jest/run/hooks',
  'jest/run/tests',
  'jest/run/attempt',
  'jest/run/calls',
  'jest/run/state',
  // Tests on the backend `chaos`.
  'jest/chaos',
  // Fixtures that outlive a file, and the files that declare them.
  'jest/shared',
  'jest/shared/load',
  // What test files call; from calls to a plan.
  'jest/api',
  'jest/collect',
  'jest/interrupt',
  // Each error to its owner.
  'jest/report',
  // The state of this process; the data of one test file.
  'jest/process/compiled',
  'jest/process',
  'jest/file',
  // Readers of the stream of events.
  'observe/readers',
  'observe/page',
  'observe/page/client',
  // Rows of the events: in Jest's main process, and in the page.
  'observe/rows',
  // The engine for long lives, free of Jest.
  'fixtures/shared',
  'config',
  // Fixtures: life, look-up, declaration.
  'fixtures/life',
  'fixtures/life/instance',
  'fixtures/life/requester',
  'fixtures/life/calls',
  'fixtures/life/interfaces',
  'fixtures/resolve',
  'fixtures/declare',
  'types',
  // Run and end one function; AsyncLocalStorage; pending work.
  'timeouts',
  'context',
  // Ports, the proxy; what runs beside a test.
  'services',
  'network',
  // Virtual time.
  'backends',
  // Which ready work goes first.
  'chaos',
  'loop',
  'loop/executor',
  'loop/timers',
  'loop/steps',
  // Two processes talking.
  'channel',
  'channel/clone',
  // This process's part of the stream.
  'observe/stream',
  'errors/fixtures',
  'errors/tests',
  'errors/project',
  'errors/loop',
  'errors/processes',
  'errors/network',
  'errors/other-runners',
  'errors',
  'parameters',
  'process',
  // The events of a run, as data.
  'observe/events',
  'children',
  'util',
  // Node's modules as they were before a test could mock them.
  'node',
  // Keeps functions as they are on first use.
  'node/capture',
];
