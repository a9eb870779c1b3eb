import { Requester } from '../fixtures/requester';
import type { TestSubject } from '../fixtures/request';
import { Run } from '../fixtures/run';
import { fullNameOf, type TestEntry } from './circus';
import { failsAssertionCount } from './expectations';
import type { TestPlan } from './plan';
import type { Session } from './session';
import { siteOfError } from './sites';

/** One run of a test, each retry anew: its own fixtures, shared by its hooks and its body. */
export class Attempt implements TestSubject {
  readonly run: Run;
  readonly requester: Requester;
  /** Set when the body has ended, or will not run any more. */
  ended = false;
  /** The body's error, where Jest does not know of it yet. */
  failure: { readonly error: unknown } | undefined;
  readonly attempt: number;

  constructor(
    readonly session: Session,
    readonly entry: TestEntry,
    readonly plan: TestPlan,
    self: unknown,
  ) {
    this.attempt = entry.invocations;
    const { needs } = plan;
    this.run = new Run(session.around, {
      label: this.fullName,
      site: siteOfError(entry.asyncError, session.rootDir),
      path: session.testPath,
      block: needs.block,
      audience: needs.audience,
      variant: plan.variant,
      parallel: plan.parallel,
      self,
      subject: this,
    });
    this.requester = new Requester(this.run, entry.name, 'test', this.run.home);
  }

  get name(): string {
    return this.entry.name;
  }

  get fullName(): string {
    return fullNameOf(this.entry);
  }

  get path(): string {
    return this.session.testPath;
  }

  get line(): number | undefined {
    return this.run.runner.site.line;
  }

  get tags(): readonly string[] {
    return this.plan.tags;
  }

  get outcome(): 'passed' | 'failed' | undefined {
    if (!this.ended) return undefined;
    const failed =
      this.entry.errors.length > 0 ||
      this.run.home.errors.length > 0 ||
      this.failure !== undefined ||
      failsAssertionCount(this.session.jest.expect);
    return failed ? 'failed' : 'passed';
  }
}
