/** What is known not to hold yet. Each goes with its fault. */
export const EXCLUDED = {
  /** A test's or hook's own cleanups end after the fixtures that came up before them. */
  ownCleanups: true,
  /** Tasks of fixtures are cancelled when a body expires or a task of it fails. */
  tasksOfFixtures: true,
  /** Parametrised fixtures wider than `test`: their tests are to be grouped by value. */
  wideParams: true,
  /** A task that fails in a `beforeAll` or `afterAll` hook, or in the set-up of what lives longer than a test. */
  tasksOfWide: true,
  /** A failure that two beforeAll hooks need is told twice. */
  toldTwice: true,
};
