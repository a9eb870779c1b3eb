import type { NamedRequester } from '../../errors/site';
import { outlivesFile } from '../../fixtures/declare/scopes';
import { setUpBegins, setUpEnded } from '../../fixtures/life/interfaces/instance-events';
import type { FixtureRunView, InstanceView } from '../../fixtures/life/interfaces/views';
import { OpenScope } from '../../fixtures/life/open-scope';
import { OpenScopes } from '../../fixtures/life/open-scopes';
import type { ResolvedFixture } from '../../fixtures/resolve/resolved';
import type { Variant } from '../../fixtures/resolve/variants';
import type { Id } from '../../observe/events/event';
import type { Observer } from '../../observe/events/observer';
import type { TestPlan } from '../collect/plan';
import {
  type DescribeBlock,
  eachHooksOf,
  fullNameOf,
  isEnabled,
  type State,
  type TestEntry,
} from '../file/circus';
import type { FileRun } from '../run/state/file-run';
import { PlannedInstance } from './planned-instance';
import { PlannedShared } from './planned-shared';
import { titlesOf } from './titles';

type LeftOut = (entry: TestEntry, outcome: 'skipped' | 'todo') => void;

/**
 * Emits what a run of the file would set up and tear down, from its plan. The open scopes are those of a run, so that
 * order and ends are the same; what comes up in them is only planned.
 */
export class PlannedFile {
  readonly #scopes = new OpenScopes();
  readonly #shared: PlannedShared;

  constructor(
    readonly run: FileRun,
    readonly state: State,
    readonly observer: Observer,
    folder: string,
  ) {
    this.#shared = new PlannedShared(observer, folder);
  }

  /** Emits everything, `leftOut` for tests that do not run. Gives the tests that were emitted. */
  async emit(leftOut: LeftOut): Promise<Set<TestEntry>> {
    await this.#shared.moveTo(this.run.testFile.testPath);
    const emitted = new Set<TestEntry>();
    await this.#block(this.state.rootDescribeBlock, emitted, leftOut);
    await this.#scopes.closeAll(false);
    return emitted;
  }

  async #block(block: DescribeBlock, emitted: Set<TestEntry>, leftOut: LeftOut): Promise<void> {
    const { testFile, plan } = this.run;
    const runs = hasEnabled(block, this.state);
    for (const hook of block.hooks) {
      const planned = runs && hook.type === 'beforeAll' ? plan.allHooks.get(hook) : undefined;
      if (planned === undefined) continue;
      const id = this.observer.newId();
      this.#setUp(planned.order, planned.variant, id, planned.requester, new OpenScope());
    }
    for (const child of block.children) {
      if (child.type === 'describeBlock') await this.#block(child, emitted, leftOut);
      else if (child.errors.length === 0) {
        emitted.add(child);
        if (isEnabled(child, this.state)) await this.#test(child, plan.tests.get(child));
        else leftOut(child, isTodo(child, this.state) ? 'todo' : 'skipped');
      }
    }
    if (!runs) return;
    const group = testFile.groups.get(block);
    if (group !== undefined) await this.#scopes.endValue(group.namespace, group.declaration, false);
    else if (block.parent !== undefined) await this.#scopes.close(testFile.namespaceOf(block), false);
  }

  async #test(entry: TestEntry, plan: TestPlan | undefined): Promise<void> {
    const { observer } = this;
    const test = observer.newId();
    const file = observer.idOf(this.run.testFile.info);
    observer.emit({ type: 'test-begin', test, file, titles: titlesOf(entry) });
    const uses = new Set<Id>();
    const testScope = new OpenScope();
    if (plan !== undefined) {
      const requester = { label: `test "${fullNameOf(entry)}"` } as NamedRequester;
      const use = (order: readonly ResolvedFixture[]): void => {
        for (const each of this.#setUp(order, plan.variant, test, requester, testScope)) uses.add(each);
      };
      const hooksOf = (type: string): readonly ResolvedFixture[] =>
        eachHooksOf(entry).flatMap(hook =>
          hook.type === type ? (plan.needs.hooks.get(hook)?.order ?? []) : [],
        );
      use(plan.needs.autoOrder);
      use(hooksOf('beforeEach'));
      use(plan.needs.bodyOrder);
      observer.emit({ type: 'body-end', test });
      use(hooksOf('afterEach'));
      await testScope.close(false);
    }
    observer.emit({ type: 'test-end', test, file, outcome: 'skipped', uses: [...uses] });
  }

  #setUp(
    order: readonly ResolvedFixture[],
    variant: Variant,
    requester: Id,
    named: NamedRequester,
    testScope: OpenScope,
  ): Id[] {
    const scopeOf = (fixture: ResolvedFixture): OpenScope => {
      if (fixture.scope === 'test') return testScope;
      return this.#scopes.of(fixture.livesIn, fixture.scope === 'describe' ? 'describe' : 'file');
    };
    const run = {
      host: { file: this.run.testFile.info },
      requester: { observedAs: requester, named },
      variant,
      scopeOf: (fixture: ResolvedFixture) => (outlivesFile(fixture.scope) ? this.#shared : scopeOf(fixture)),
    } as unknown as FixtureRunView;
    return order.map(fixture => {
      if (outlivesFile(fixture.scope)) return this.#shared.use(fixture, variant, run);
      const openScope = scopeOf(fixture);
      const known = openScope.find(fixture, variant);
      if (known !== undefined) return this.observer.idOf(known);
      const instance = new PlannedInstance(fixture, openScope, this.observer) as unknown as InstanceView;
      openScope.add(instance, variant);
      setUpBegins(this.observer, instance, run, undefined);
      setUpEnded(this.observer, instance);
      openScope.cameUp(instance);
      return this.observer.idOf(instance);
    });
  }
}

function hasEnabled(block: DescribeBlock, state: State): boolean {
  return block.children.some(child =>
    child.type === 'test' ? isEnabled(child, state) : hasEnabled(child, state),
  );
}

/** Whether Jest would report a todo: one that `-t` or a skipped block leaves out counts as skipped. */
function isTodo(entry: TestEntry, state: State): boolean {
  return entry.mode === 'todo' && isEnabled({ ...entry, mode: 'only' }, state);
}
