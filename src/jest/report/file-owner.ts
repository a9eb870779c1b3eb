import type { ExceptionContext, Owner } from '../../loop/steps/step';
import { worker } from '../../process/store';
import type { FileInfo } from '../file/file-info';
import { trimStack } from '../file/stacks';
import type { TestFile } from '../file/test-file';
import { marked } from './error-copies';
import { type FileOwner, type LateStore, reportAfterFile } from './route-errors';

/**
 * The errors that belong to no test: the file fails. It is the owner of what its code starts outside of tests and hooks.
 */
export class FileOwnerErrors implements FileOwner {
  readonly label = 'the test file itself';
  /** Those that are rejections. */
  readonly #rejections = new Map<unknown, unknown>();

  readonly #added: unknown[] = [];

  constructor(readonly testFile: TestFile) {}

  get file(): FileInfo {
    return this.testFile.info;
  }

  caught(context: ExceptionContext): void {
    if ('exception' in context) this.add(context.exception, context.promise);
    else this.testFile.warn(context.message);
  }

  /** In strict mode tests run there that are none of ours. */
  leavesToJest(): boolean {
    return this.testFile.options.mode === 'strict' && !this.file.ended;
  }

  /** `promise` is the one whose rejection it was. */
  add(error: unknown, promise?: unknown): void {
    if (this.file.ended) {
      this.addLate(error, this);
      return;
    }
    if (promise !== undefined) this.#rejections.set(promise, error);
    const own = reported(this.testFile, error);
    this.testFile.state.unhandledErrors.push(own);
    this.#added.push(own);
  }

  /** Those that Jest was to tell. */
  unreported(): unknown[] {
    return this.#added.filter(error => this.testFile.state.unhandledErrors.includes(error));
  }

  /** A rejection that failed the file was handled after all. */
  handled(promise: Promise<unknown>): void {
    if (this.file.ended || !this.#rejections.has(promise)) return;
    const { unhandledErrors } = this.testFile.state;
    const at = unhandledErrors.indexOf(this.#rejections.get(promise));
    this.#rejections.delete(promise);
    if (at >= 0) unhandledErrors.splice(at, 1);
  }

  /** An error that comes when Jest has the file's results. */
  addLate(error: unknown, owner: Owner): void {
    const told = { label: owner.label, file: this.file, caught: () => {} };
    reportAfterFile(reported(this.testFile, error), told, worker as LateStore);
  }
}

/** An error as Jest reports it: with the user's frames only, unless the project wants all of them. */
export function reported({ options, realm }: Pick<TestFile, 'options' | 'realm'>, error: unknown): unknown {
  if (options.debug === true || trimStack(error)) return error;
  const copy = marked(realm, error, '');
  trimStack(copy);
  return copy;
}
