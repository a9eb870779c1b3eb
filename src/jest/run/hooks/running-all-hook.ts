import type { FixtureRun } from '../../../fixtures/life/fixture-run';
import type { Stop } from '../../../fixtures/life/interfaces/requester-info';
import type { Invocation } from '../../../timeouts/invocation';
import { type DescribeBlock, type Hook, isEnabled, type TestEntry, testsOf } from '../../file/circus';
import { marked } from '../../report/error-copies';
import { reported } from '../../report/test-file-owner';
import type { RunningAllHookView } from '../state/attempt-view';
import type { FileRun } from '../state/file-run';
import type { HookOwner } from './hook-owner';

/** A beforeAll or afterAll hook under way, for what may abort it: a failed task, its own or one of its fixtures'. */
export class RunningAllHook implements RunningAllHookView {
  fixtures!: FixtureRun;
  invocation: Invocation | undefined;
  /** Why nothing more is set up for it. */
  stopped: Stop | undefined;
  /** Its errors are reported. */
  ended = false;

  constructor(
    readonly fileRun: FileRun,
    readonly hook: Hook,
    readonly describe: DescribeBlock,
    readonly owner: HookOwner,
  ) {}

  /** Aborts the hook with an error. If its function has returned, the hook fails anyway. */
  abort(error: unknown): void {
    if (this.invocation?.abort(error)) return;
    if (this.ended) this.#failTests(error);
    else if (this.invocation === undefined) this.stopped ??= { error };
    else this.owner.fail(error);
  }

  useFailed(error: unknown): void {
    this.abort(error);
  }

  /** The tests it ran for fail, running or waiting, as they do when a beforeAll hook fails. */
  #failTests(error: unknown): void {
    const { hook, fileRun, describe, owner } = this;
    const { testFile } = fileRun;
    const namespace = testFile.namespaceOf(describe);
    const running = [...fileRun.attempts.values()].filter(
      ({ tornDown, plan }) => !tornDown && namespace.contains(plan.needs.namespace),
    );
    // Jest tries those that run once more, but not the hook.
    if (hook.type === 'beforeAll') fileRun.deadHooks.push({ namespace, error });
    for (const attempt of running) attempt.useFailed(error);
    const waiting =
      hook.type === 'beforeAll' ? [...testsOf(describe)].filter(each => this.#isWaiting(each)) : [];
    const elsewhere = (): unknown => marked(testFile.realm, error, `(in ${owner.label})`);
    const shown = running.length > 0 ? elsewhere() : error;
    for (const entry of waiting) entry.errors.push([reported(testFile, shown), hook.asyncError]);
    if (running.length + waiting.length === 0) fileRun.errors.add(elsewhere());
  }

  #isWaiting(entry: TestEntry): boolean {
    const { attempts, testFile } = this.fileRun;
    return entry.invocations === 0 && !attempts.has(entry) && isEnabled(entry, testFile.state);
  }
}
