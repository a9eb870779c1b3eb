import type { SharedRealm } from '../../fixtures/shared/shared-fixture-host';

/** The test file that runs, as shared fixtures see it. */
export interface RunningTestFile {
  readonly path: string;
  /** Reports an exception of a fixture; returns false if the file does not use the fixture. */
  caught(...args: Parameters<SharedRealm['caught']>): boolean;
  /** A reported rejection was handled after all. */
  handled(promise: Promise<unknown>): void;
  /** Ends what runs of the tests that use a fixture. */
  abortUsers: SharedRealm['abortUsers'];
  warn(message: string): void;
}
