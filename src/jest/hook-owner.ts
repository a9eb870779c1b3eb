import type { ExceptionContext, Step } from '../loop/step';
import type { FileOwner, OwnedFile } from './late-errors';
import type { Session } from './session';

/** A beforeAll or afterAll hook as the owner of what it starts: while it runs its errors fail it, later the file. */
export class HookOwner implements FileOwner {
  #errors: unknown[] | undefined = [];
  readonly #rejections = new Map<unknown, unknown>();

  constructor(
    readonly session: Session,
    readonly label: string,
  ) {}

  get file(): OwnedFile {
    return this.session.ownedFile;
  }

  caught(context: ExceptionContext, step: Step): void {
    if (!('exception' in context)) {
      this.session.warn(`${context.message}\n  in ${this.label}`);
      return;
    }
    const { exception, promise } = context;
    if (step.givenUp) {
      this.session.around.late(exception, this.label, undefined);
      return;
    }
    if (this.#errors === undefined) {
      this.session.fileError(exception);
      return;
    }
    if (this.#errors.includes(exception)) return;
    if (promise !== undefined) this.#rejections.set(promise, exception);
    this.#errors.push(exception);
  }

  /** A rejection was handled after all. */
  handled(promise: Promise<unknown>): void {
    const at = this.#errors?.indexOf(this.#rejections.get(promise)) ?? -1;
    if (at >= 0) this.#errors!.splice(at, 1);
  }

  /** The hook itself failed: that is told first. */
  failed(error: unknown): void {
    this.#errors = [error, ...this.#errors!.filter(each => each !== error)];
  }

  /** The hook has ended: throws what went wrong. */
  end(): void {
    const [first, ...others] = this.#errors!;
    const failed = this.#errors!.length > 0;
    this.#errors = undefined;
    for (const error of others) this.session.fileError(error);
    if (failed) throw this.session.own(first);
  }
}
