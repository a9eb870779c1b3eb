import type { ExceptionContext, Step } from '../../loop/steps/step';
import { turn } from '../../process/real-time';
import type { FileInfo } from '../file/file-info';
import { marked, originalOf } from '../report/error-copies';
import { reported } from '../report/file-owner';
import type { FileOwner } from '../report/route-errors';
import type { FileRun } from './file-run';

/** A beforeAll or afterAll hook as the owner of what it starts: while it runs its errors fail it, later the file. */
export class HookOwner implements FileOwner {
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
    if (!('exception' in context)) {
      this.fileRun.testFile.warn(`${context.message}\n  in ${this.label}`);
      return;
    }
    const { exception, promise } = context;
    if (step.givenUp) {
      this.fileRun.host.late(exception, this.label, undefined, true);
      return;
    }
    if (this.#errors === undefined) {
      this.fileRun.errors.add(marked(this.fileRun.testFile.realm, exception, `(in ${this.label})`), promise);
      return;
    }
    if (this.#errors.includes(exception)) return;
    const told =
      step.owner === this || step.owner === undefined
        ? exception
        : marked(this.fileRun.testFile.realm, exception, `(in ${step.owner.label})`);
    if (promise !== undefined) this.#rejections.set(promise, told);
    this.#errors.push(told);
  }

  /** A rejection was handled after all. */
  handled(promise: Promise<unknown>): void {
    this.fileRun.errors.handled(promise);
    const at = this.#errors?.indexOf(this.#rejections.get(promise)) ?? -1;
    if (at >= 0) this.#errors!.splice(at, 1);
  }

  /** The hook itself failed: that is told first. */
  failed(...errors: unknown[]): void {
    this.#errors = [...errors, ...this.#errors!.filter(each => !errors.includes(originalOf(each)))];
  }

  /** The hook has ended: throws what went wrong. */
  async end(): Promise<void> {
    // Node tells of a rejection that is handled after all when the turn is over.
    if (this.#rejections.size > 0) await turn();
    const [first, ...others] = this.#errors!;
    const failed = this.#errors!.length > 0;
    this.#errors = undefined;
    for (const error of others) this.fileRun.errors.add(error);
    if (failed) throw reported(this.fileRun.testFile, first);
  }
}
