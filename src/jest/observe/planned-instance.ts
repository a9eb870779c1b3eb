import type { Ending, Instance, OpenScope } from '../../fixtures/life/interfaces/life';
import { tearDownBegins, tearDownEnded } from '../../fixtures/life/interfaces/observe';
import type { ResolvedFixture } from '../../fixtures/resolve/resolved';
import type { Observer } from '../../observe/events/observer';

/** What an open scope needs of an instance that is only planned: it is up at once, and nothing of it runs. */
export class PlannedInstance {
  readonly waiters = { settled: true };
  readonly uses = new Set<Ending>();

  constructor(
    readonly fixture: ResolvedFixture,
    readonly openScope: OpenScope,
    readonly observer: Observer,
  ) {}

  needs(other: Ending): boolean {
    return this.uses.has(other);
  }

  async tearDown(): Promise<unknown[]> {
    const instance = this as unknown as Instance;
    tearDownBegins(this.observer, instance);
    tearDownEnded(this.observer, instance, []);
    return [];
  }
}
