import type { ExceptionContext, Step } from '../../../loop/steps/step';
import { turn } from '../../../process/real-time';
import type { FileInfo } from '../../file/file-info';
import type { OwnerInFile } from '../../file/owner-in-file';
import { marked, originalOf, removeError } from '../../report/error-copies';
import { reported } from '../../report/test-file-owner';
import type { FileRun } from '../state/file-run';

/** A beforeAll or afterAll hook as the owner of what it starts. Errors fail the hook while it runs, then the file. */
export class HookOwner implements OwnerInFile {
  /** Undefined once the hook has ended. */
  #errors: unknown[] | undefined = [];
  readonly #rejections = new Map<unknown, unknown>();

  constructor(
    readonly fileRun: FileRun,
    readonly label: string,
  ) {}

  get file(): FileInfo {
    return this.fileRun.testFile.info;
  }

  caught(context: ExceptionContext, step: Step): void {
    const { testFile, host, errors } = this.fileRun;
    if (!('exception' in context)) {
      testFile.warn(`${context.message}\n  in ${this.label}`);
      return;
    }
    const { exception, promise } = context;
    if (step.givenUp) {
      host.late(exception, this.label, undefined, true);
      return;
    }
    if (this.#errors === undefined) {
      errors.add(marked(testFile.realm, exception, `(in ${this.label})`), promise);
      return;
    }
    if (this.#errors.includes(exception)) return;
    const shown =
      step.owner === this || step.owner === undefined
        ? exception
        : marked(testFile.realm, exception, `(in ${step.owner.label})`);
    if (promise !== undefined) this.#rejections.set(promise, shown);
    this.#errors.push(shown);
  }

  /** A rejection was handled after all. */
  handled(promise: Promise<unknown>): void {
    this.fileRun.errors.handled(promise);
    if (this.#errors === undefined || !this.#rejections.has(promise)) return;
    removeError(this.#errors, this.#rejections.get(promise));
    this.#rejections.delete(promise);
  }

  /** The hook itself failed: its own errors come first. */
  fail(...errors: unknown[]): void {
    const own = errors.map(originalOf);
    this.#errors = [...errors, ...this.#errors!.filter(each => !own.includes(originalOf(each)))];
  }

  /** The hook has ended. Throws its first error; the file takes the others. */
  async end(): Promise<void> {
    // A rejection may still be handled until the end of the turn.
    if (this.#rejections.size > 0) await turn();
    const [first, ...others] = this.#errors!;
    const failed = this.#errors!.length > 0;
    this.#errors = undefined;
    for (const error of others) this.fileRun.errors.add(error);
    if (failed) throw reported(this.fileRun.testFile, first);
  }
}
