import { tearDownBegins, tearDownEnded } from '../../fixtures/life/interfaces/instance-events';
import type { Ending, InstanceView, OpenScopeView } from '../../fixtures/life/interfaces/views';
import type { ResolvedFixture } from '../../fixtures/resolve/resolved';
import type { Observer } from '../../observe/events/observer';

/** What an open scope needs of an instance that is only planned: it is up at once, and nothing of it runs. */
export class PlannedInstance {
  readonly waiters = { settled: true };
  readonly uses = new Set<Ending>();

  constructor(
    readonly fixture: ResolvedFixture,
    readonly openScope: OpenScopeView,
    readonly observer: Observer,
  ) {}

  needs(other: Ending): boolean {
    return this.uses.has(other);
  }

  async tearDown(): Promise<unknown[]> {
    const instance = this as unknown as InstanceView;
    tearDownBegins(this.observer, instance);
    tearDownEnded(this.observer, instance, []);
    return [];
  }
}
