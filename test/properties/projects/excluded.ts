/** What is known not to hold yet. Each goes with its fault. */
export const EXCLUDED = {
  /** A test's or hook's own cleanups end after the fixtures that came up before them. */
  ownCleanups: false,
  /** Tasks of fixtures are cancelled when a body expires or a task of it fails. */
  tasksOfFixtures: false,
  /** Parametrised fixtures wider than `test`: their tests are to be grouped by value. */
  wideParams: false,
  /** A task that fails in a `beforeAll` or `afterAll` hook, or in the set-up of what lives longer than a test. */
  tasksOfWide: false,
  /** A failure that two beforeAll hooks need is reported twice. */
  reportedTwice: false,
};
