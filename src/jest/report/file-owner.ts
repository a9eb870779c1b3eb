import type { ExceptionContext, Owner } from '../../loop/step';
import { worker } from '../../loop/store';
import type { Session } from '../file/session';
import { type FileOwner, type LateStore, type OwnedFile, tellAfterFile } from './route-errors';

/**
 * The errors that belong to no test: the file fails. It is the owner of what its code starts outside of tests and hooks.
 */
export class FileErrors implements FileOwner {
  readonly label = 'the test file itself';
  /** Those that are rejections. */
  readonly #rejections = new Map<unknown, unknown>();

  readonly #added: unknown[] = [];

  constructor(readonly session: Session) {}

  get file(): OwnedFile {
    return this.session.ownedFile;
  }

  caught(context: ExceptionContext): void {
    if ('exception' in context) this.add(context.exception, context.promise);
    else this.session.warn(context.message);
  }

  /** In strict mode tests run there that are none of ours. */
  leaves(): boolean {
    return this.session.options.mode === 'strict' && !this.file.ended;
  }

  /** `promise` is the one whose rejection it was. */
  add(error: unknown, promise?: unknown): void {
    if (this.file.ended) {
      this.addLate(error, this);
      return;
    }
    if (promise !== undefined) this.#rejections.set(promise, error);
    const own = this.session.own(error);
    this.session.state.unhandledErrors.push(own);
    this.#added.push(own);
  }

  /** Those that Jest was to tell. */
  untold(): unknown[] {
    return this.#added.filter(error => this.session.state.unhandledErrors.includes(error));
  }

  /** A rejection that failed the file was handled after all. */
  handled(promise: Promise<unknown>): void {
    if (this.file.ended || !this.#rejections.has(promise)) return;
    const { unhandledErrors } = this.session.state;
    const at = unhandledErrors.indexOf(this.#rejections.get(promise));
    this.#rejections.delete(promise);
    if (at >= 0) unhandledErrors.splice(at, 1);
  }

  /** An error that comes when Jest has the file's results. */
  addLate(error: unknown, owner: Owner): void {
    const told = { label: owner.label, file: this.file, caught: () => {} };
    tellAfterFile(this.session.own(error), told, worker as LateStore);
  }
}
