import { setUpBegins, setUpEnded } from '../../fixtures/life/interfaces/instance-events';
import type { FixtureRunView, InstanceView } from '../../fixtures/life/interfaces/views';
import { OpenScope } from '../../fixtures/life/open-scope';
import type { ResolvedFixture } from '../../fixtures/resolve/resolved';
import { paramId, type Variant } from '../../fixtures/resolve/variants';
import { dirname, sep } from '../../node/path';
import type { Id } from '../../observe/events/event';
import type { Observer } from '../../observe/events/observer';
import { jestState } from '../process/jest-state';
import { PlannedInstance } from './planned-instance';

/** A planned instance that outlives files. */
interface PlannedUp {
  readonly key: string;
  /** The directory that it lives in; undefined for wider scopes. */
  readonly directory: string | undefined;
  readonly instance: InstanceView;
}

/** The shared fixtures that would be up in this process, where a run only plans: they outlive files. */
export class PlannedShared {
  readonly #nowhere = new OpenScope();

  constructor(
    readonly observer: Observer,
    readonly folder: string,
  ) {}

  get #up(): PlannedUp[] {
    if (jestState.planned?.folder !== this.folder) jestState.planned = { folder: this.folder, up: [] };
    return jestState.planned.up as PlannedUp[];
  }

  /** A file starts: what lives in directories around others goes down. */
  async moveTo(file: string): Promise<void> {
    const from = dirname(file) + sep;
    const left = this.#up.filter(
      ({ directory }) => directory !== undefined && !from.startsWith(directory + sep),
    );
    for (const each of left.reverse()) {
      await each.instance.tearDown();
      this.#up.splice(this.#up.indexOf(each), 1);
    }
  }

  /** An open scope finds them by this name. */
  find(fixture: ResolvedFixture, variant: Variant): InstanceView | undefined {
    const key = keyOf(fixture, variant);
    return this.#up.find(each => each.key === key)?.instance;
  }

  /** Something requests it: it comes up now unless it is up. */
  use(fixture: ResolvedFixture, variant: Variant, run: FixtureRunView): Id {
    const known = this.find(fixture, variant);
    if (known !== undefined) return this.observer.idOf(known);
    const made = new PlannedInstance(fixture, this.#nowhere, this.observer) as unknown as InstanceView;
    const directory = fixture.scope === 'directory' ? fixture.livesIn.label : undefined;
    this.#up.push({ key: keyOf(fixture, variant), directory, instance: made });
    const outside = { ...run, scopeOf: run.scopeOf, host: {} } as unknown as FixtureRunView;
    setUpBegins(this.observer, made, outside, undefined);
    setUpEnded(this.observer, made);
    return this.observer.idOf(made);
  }
}

function keyOf({ name, declaration, varying, scope, livesIn }: ResolvedFixture, variant: Variant): string {
  const values = varying.map(each => paramId(each, variant));
  const directory = scope === 'directory' ? livesIn.label : '';
  return [name, declaration.site.at, directory, ...values].join('\0');
}
