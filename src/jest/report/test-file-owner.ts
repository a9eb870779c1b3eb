import { type ErrorCode, explained, guideIn } from '../../errors/problem';
import { saysExpired } from '../../errors/words';
import { isCancelled } from '../../loop/steps/cancellation';
import type { ExceptionContext, Owner } from '../../loop/steps/step';
import { processState } from '../../process/process-state';
import { orUndefined } from '../../util/or-undefined';
import type { FileInfo } from '../file/file-info';
import type { OwnerInFile } from '../file/owner-in-file';
import type { SandboxRealm } from '../file/realm';
import { keepReadable } from '../file/stack-formatter';
import { trimStack } from '../file/stacks';
import type { TestFile } from '../file/test-file';
import { marked, removeError } from './error-copies';
import { reportAfterFile, type WatchedProcess } from './route-errors';

/**
 * Takes the errors that belong to no test and fails the file with them. It owns what the file's code starts outside
 * tests and hooks.
 */
export class TestFileOwner implements OwnerInFile {
  readonly label = 'the test file itself';
  /** The errors that are rejections, by promise. */
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

  /** In strict mode, code outside our tests and hooks may be that of unmanaged tests. */
  leavesToJest(): boolean {
    return this.testFile.options.mode === 'strict' && !this.file.ended;
  }

  /** `promise`: the rejected one, for a rejection. */
  add(error: unknown, promise?: unknown): void {
    if (this.file.ended) {
      this.addLate(error, this);
      return;
    }
    if (promise !== undefined) this.#rejections.set(promise, error);
    const report = reported(this.testFile, error);
    this.testFile.state.unhandledErrors.push(report);
    this.#added.push(report);
  }

  /** The errors that Jest has but will not report, having given the file up. */
  unreported(): unknown[] {
    return this.#added.filter(error => this.testFile.state.unhandledErrors.includes(error));
  }

  /** A rejection that failed the file was handled after all: takes it back. */
  handled(promise: Promise<unknown>): void {
    if (this.file.ended || !this.#rejections.has(promise)) return;
    removeError(this.testFile.state.unhandledErrors, this.#rejections.get(promise));
    this.#rejections.delete(promise);
  }

  /** An error that occurs once Jest has the file's results. */
  addLate(error: unknown, owner: Owner): void {
    const ofFile = { label: owner.label, file: this.file, caught: () => {} };
    reportAfterFile(reported(this.testFile, error), ofFile, processState as WatchedProcess);
  }
}

/** An error for Jest's report: with the user's frames only, unless the project's `debug` is on. */
export function reported({ options, realm }: Pick<TestFile, 'options' | 'realm'>, error: unknown): unknown {
  // One of Jest's `setupFiles` may fail before there is a realm.
  const { global } = (realm as SandboxRealm | undefined) ?? {};
  if (global !== undefined) keepReadable(global, error);
  const code = codeToExplain(error);
  const shown = code === undefined ? error : withGuide(realm, error as Error, code);
  if (options.debug === true || trimStack(shown)) return shown;
  const copy = marked(realm, shown, '');
  trimStack(copy);
  return copy;
}

/** The code of an error of ours that may lack its place in the guide. */
function codeToExplain(error: unknown): ErrorCode | undefined {
  // Cancelled waits are many and reports of them few: only here they get it.
  if (isCancelled(error)) return 'ERR_CANCELLED';
  // `fetch` captures the stack of a signal's reason anew.
  const isExpiry = (): boolean => {
    const { code, message } = Object(error) as { code?: unknown; message?: unknown };
    return code === 'ERR_TIMEOUT' && saysExpired(message);
  };
  // It may be anything, with getters that throw.
  return orUndefined(isExpiry) ? 'ERR_TIMEOUT' : undefined;
}

function withGuide(realm: TestFile['realm'], error: Error, code: ErrorCode): unknown {
  if (guideIn(error.stack) !== '') return error;
  const shown = Object.isFrozen(error) ? (marked(realm, error, '') as Error) : error;
  return explained(shown, { code, message: error.message });
}
