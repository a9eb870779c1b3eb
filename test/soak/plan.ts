/** A test as it is planned: what its body does, and what is going on around it. */
export interface PlannedTest {
  /** Its name. */
  readonly id: string;
  /** What the body begins with, or leaves behind: names of project/parts.js. */
  readonly parts: readonly string[];
  /** How the body ends: a group and a name of project/endings.js. */
  readonly ending: readonly [group: string, name: string];
  /** Names of project/fixtures.js. */
  readonly fixtures: readonly string[];
  readonly hook: 'passes' | 'fails';
  /** The test's own limit, ms; no other test has the same. */
  readonly limit?: number;
  /** When a body goes on that has been given up, ms. */
  readonly late?: number;
}

/** A describe block. */
export interface PlannedBlock {
  readonly name: string;
  /** What hooks it has. */
  readonly hooks: readonly string[];
  readonly tests: readonly PlannedTest[];
}

/** What becomes of timers that a test leaves behind. */
export type Policy = 'cancel' | 'fail';

/** A test file. */
export interface PlannedFile {
  readonly policy: Policy;
  readonly blocks: readonly PlannedBlock[];
}
