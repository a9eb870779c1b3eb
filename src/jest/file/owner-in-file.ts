import type { Owner } from '../../loop/steps/step';
import type { FileInfo } from './file-info';

/** An owner within a test file. One without a file outlives files, and takes its own errors. */
export interface OwnerInFile extends Owner {
  readonly file?: FileInfo;
  /** Whether it leaves its errors to Jest, which reports them equally well. */
  leavesToJest?(): boolean;
  /** A rejection that it caught was handled after all. */
  handled?(promise: Promise<unknown>): void;
}
