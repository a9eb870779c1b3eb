import type { FixtureRun, Stop } from '../../fixtures/life/run';
import type { Guard } from '../../timeouts/guard';
import { type DescribeBlock, type Hook, isEnabled, type TestEntry } from '../file/circus';
import { marked } from '../report/error-copies';
import { reported } from '../report/file-owner';
import type { FileRun } from './file-run';
import type { HookOwner } from './hook-owner';

/** A beforeAll or afterAll hook as those see it who end it: one of its tasks has failed, or one of a fixture's. */
export class RunningAllHook {
  run!: FixtureRun;
  guard: Guard | undefined;
  /** Why nothing more comes up for it. */
  stop: Stop | undefined;
  /** It has said what went wrong. */
  over = false;

  constructor(
    readonly fileRun: FileRun,
    readonly hook: Hook,
    readonly describe: DescribeBlock,
    readonly owner: HookOwner,
  ) {}

  /** Ends what it does with an error; once it has returned, it counts as failed all the same. */
  abort(error: unknown): void {
    if (this.guard?.abort(error)) return;
    if (this.over) this.#failAfterwards(error);
    else if (this.guard === undefined) this.stop ??= { error };
    else this.owner.failed(error);
  }

  /** The tests that it ran for fail, as they do for a beforeAll hook that fails: what runs now, and what is to come. */
  #failAfterwards(error: unknown): void {
    const { hook, fileRun, describe, owner } = this;
    const block = fileRun.testFile.namespaceOf(describe);
    const running = [...fileRun.active.values()].filter(
      ({ over, plan }) => !over && block.contains(plan.needs.block),
    );
    for (const attempt of running) attempt.abort(error);
    const waiting =
      hook.type === 'beforeAll' ? [...testsOf(describe)].filter(each => this.#isToRun(each)) : [];
    let told: unknown = error;
    if (running.length > 0) told = marked(fileRun.testFile.realm, error, `(in ${owner.label})`);
    for (const entry of waiting) entry.errors.push([reported(fileRun.testFile, told), hook.asyncError]);
    if (running.length + waiting.length === 0)
      fileRun.errors.add(marked(fileRun.testFile.realm, error, `(in ${owner.label})`));
  }

  #isToRun(entry: TestEntry): boolean {
    const { fileRun } = this;
    return entry.invocations === 0 && !fileRun.active.has(entry) && isEnabled(entry, fileRun.testFile.state);
  }
}

function* testsOf({ children }: DescribeBlock): Generator<TestEntry> {
  for (const child of children) {
    if (child.type === 'test') yield child;
    else yield* testsOf(child);
  }
}
