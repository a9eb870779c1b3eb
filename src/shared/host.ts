import { scopeEnded } from '../errors/life';
import type { Asker } from '../errors/site';
import { defaultBuiltIns } from '../fixtures/declare/built-ins';
import { Namespace } from '../fixtures/declare/declaration';
import type { BuiltInSources } from '../fixtures/declare/loaded-built-ins';
import type { ScopeName } from '../fixtures/declare/scopes';
import type { FixtureHost, SharedInstance, SharedValue } from '../fixtures/life/fixture-host';
import type { Instance } from '../fixtures/life/instance';
import type { Ending, OpenScope } from '../fixtures/life/open-scopes';
import { type Failure, FixtureRun, type Stop } from '../fixtures/life/run';
import { inOrder } from '../fixtures/resolve/order';
import type { ResolvedFixture } from '../fixtures/resolve/resolved';
import { Resolver } from '../fixtures/resolve/resolver';
import type { Variant } from '../fixtures/resolve/variants';
import { Loop } from '../loop';
import type { PendingWork } from '../loop/steps/pending-work';
import { Step } from '../loop/steps/step';
import { getOrMake } from '../util/get-or-make';
import { homeIn, OpenSharedScopes } from './open-shared-scopes';
import {
  type DescribedProject,
  describeBlocks,
  describeQuery,
  type KeyOfAudience,
  keyOf,
  plainSite,
  type SharedQuery,
} from './query';
import { type LoadFile, type NotFound, Replica } from './replica';
import { watchTimers } from './timers';

/** What the realm gives that a host lives in, for one project. */
export interface Realm
  extends Pick<
    FixtureHost,
    'makeError' | 'seenBefore' | 'place' | 'late' | 'caughtWide' | 'handledWide' | 'abortUsers'
  > {
  readonly load: LoadFile;
  readonly notFound: NotFound;
  readonly builtIns?: BuiltInSources;
  /** How pending work is shown. */
  describe(item: PendingWork): string;
  /** Why nothing more comes up; undefined while the run goes on. */
  stopped?(): Stop | undefined;
  /** Asks for what lives in a wider realm still. */
  borrow?(asked: SharedQuery): SharedInstance;
}

/** What is known of one project. */
interface Project {
  readonly mirror: Replica;
  readonly host: FixtureHost;
  readonly stopped: () => Stop | undefined;
}

/** What somebody asks for. */
interface Found {
  readonly project: Project;
  /** The innermost block around who asks. */
  readonly block: Namespace;
  readonly fixture: ResolvedFixture;
  readonly variant: Variant;
}

/**
 * All that outlives test files in this process. The same engine as inside of a test file, which keeps the same crash
 * rules (see src/fixtures/run.ts), with homes of its own. Test files ask by description: nothing of theirs is kept.
 */
export class Host {
  readonly homes: OpenSharedScopes;
  /** The Loops of what is open. */
  readonly loops = new Set<Loop>();
  readonly #projects = new Map<string, Project>();

  constructor(
    /** The scope of what lives as long as the process is used. */
    readonly widest: 'worker' | 'session',
    readonly realmOf: (project: DescribedProject) => Realm,
    tell: (error: unknown, ending: Ending) => unknown,
  ) {
    watchTimers();
    this.homes = new OpenSharedScopes(async loop => {
      await loop.close();
      this.loops.delete(loop);
    }, tell);
  }

  /** A fixture as a test file asks for it: set up now, if it is not up. */
  borrow(asked: SharedQuery): SharedInstance {
    const found = this.#resolve(asked);
    const { fixture, variant } = found;
    const home = homeIn(this.homes, fixture.scope, fixture.home);
    return {
      lent: this.#reach(found, asked).then(instance => lend(instance)),
      origin: () => home.find(fixture, variant),
    };
  }

  /** The same, for whoever sends its value on. Throws its failure. */
  instance(asked: SharedQuery): Promise<Instance> {
    return this.#reach(this.#resolve(asked), asked);
  }

  /** Tells a set-up to stop, for one of those who wait for it. */
  giveUp(asked: SharedQuery, reason: unknown): void {
    const { fixture, variant } = this.#resolve(asked);
    homeIn(this.homes, fixture.scope, fixture.home).find(fixture, variant)?.giveUp(reason);
  }

  /** The failure of an instance whose value was refused, for who asks. */
  refusal(instance: Instance, asked: SharedQuery): unknown {
    const { project, block } = this.#resolve(asked);
    return instance.refusalFor(this.#runOf(asked, project, block, new Map()))!.error;
  }

  /** The Loop of a scope, for those who run in it and live shorter. */
  loopOf(scope: ScopeName, host: Pick<SharedQuery, 'project' | 'blocks'>, directory: string): Loop {
    const { mirror, host: surroundings } = this.#projectOf(host.project);
    const { blocks } = mirror.add(host.blocks);
    return surroundings.wideLoop(
      scope,
      blocks.findLast(({ label }) => label === directory) ?? blocks.at(-1)!,
    );
  }

  #resolve(asked: SharedQuery): Found {
    const project = this.#projectOf(asked.project);
    const { mirror, host } = project;
    const { blocks, news } = mirror.add(asked.blocks);
    if (news) host.resolver.reset();
    const declaration = mirror.find(asked.origin, asked.name)!;
    const testType = mirror.testType(asked.testType);
    const block = blocks.at(-1)!;
    const fixture = host.resolver.resolve(declaration, blocks[asked.seenFrom]!, testType, asked.asker);
    const chosen = new Map(asked.variant);
    const variant: Variant = new Map(
      fixture.varying.map(each => [
        each.declaration,
        chosen.get(keyOf(each.declaration.origin!, each.name)) ?? 0,
      ]),
    );
    return { project, block, fixture, variant };
  }

  async #reach({ project, block, fixture, variant }: Found, asked: SharedQuery): Promise<Instance> {
    const home = homeIn(this.homes, fixture.scope, fixture.home);
    const known = home.find(fixture, variant);
    if (known?.isUp) return known;
    const run = this.#runOf(asked, project, block, variant);
    const [failure, ...others] = await run.setUp(inOrder([fixture], this.widest === 'session'));
    // Several at once, in parallel set-up: who asks can be told of but one.
    for (const { instance, error, original } of others)
      if (error === original) instance?.home.errors.push(error);
    if (failure !== undefined) throw this.#forgiven(failure);
    const instance = homeIn(this.homes, fixture.scope, fixture.home).find(fixture, variant);
    // One of its tasks died as it came up.
    if (instance?.failed) throw instance.failureFor(run).error;
    // It went down while somebody still waited for it.
    if (!instance?.isUp) throw run.host.makeError(scopeEnded(fixture.name, run.runner.asker.label));
    return instance;
  }

  /** One that was given up for another's sake is no failure that its scope remembers. */
  #forgiven({ instance, error }: Failure): unknown {
    if (instance?.gaveUp) instance.home.forget(instance);
    return error;
  }

  /** Holds on to nothing of who asks but texts. */
  #runOf(
    asked: SharedQuery,
    { mirror, host, stopped }: Project,
    block: Namespace,
    variant: Variant,
  ): FixtureRun {
    const asker: Asker = { label: asked.asker.label, site: plainSite(asked.asker.site) };
    return new FixtureRun(host, {
      stopped,
      label: asked.label,
      asker,
      path: asked.origin.file,
      block,
      testType: mirror.testType(asked.testType),
      variant,
      parallel: asked.parallel,
      again: asked.again,
      self: undefined,
      owner: undefined,
      loop: undefined,
      subject: undefined,
    });
  }

  #projectOf(described: DescribedProject): Project {
    return getOrMake(this.#projects, described.id, () => this.#makeProject(described));
  }

  #makeProject(described: DescribedProject): Project {
    const realm = this.realmOf(described);
    const builtIns = new Namespace('builtin', undefined, 'built-in');
    defaultBuiltIns(builtIns, realm.builtIns);
    const mirror = new Replica(builtIns, realm.load, realm.notFound);
    const stopped = (): Stop | undefined => realm.stopped?.();
    return { mirror, host: this.#surroundings(described, realm, mirror), stopped };
  }

  #surroundings(project: DescribedProject, realm: Realm, mirror: Replica): FixtureHost {
    const { homes, loops } = this;
    const newLoop = (name: string, debug = project.debug): Loop => {
      const loop = new Loop({ name, debug });
      loop.executors.poolSize = project.threadPoolSize;
      loops.add(loop);
      return loop;
    };
    const pendingOf = (step: Step): PendingWork[] => {
      const all = new Set(loops);
      if (step.known) all.add(step.known as Loop);
      return [...all].flatMap(loop => [...loop.items].filter(item => item.step?.within(step) && item.alive));
    };
    return {
      ...realm,
      borrow: ({ fixture }, run) => {
        if (realm.borrow === undefined || fixture.scope === this.widest) return undefined;
        if (fixture.scope !== 'session') return undefined;
        const keyOf: KeyOfAudience = testType => mirror.keyOf(testType);
        const blocks = describeBlocks(run.runner.block, keyOf);
        return realm.borrow(describeQuery(fixture, run, { project, blocks }, keyOf));
      },
      resolver: new Resolver(realm.makeError, project.fixtureLoopScope),
      homes,
      outside: true,
      hasSession: this.widest === 'session',
      homeOf: ({ scope, home }) => homeIn(homes, scope, home),
      newDeps: () => Object.create(null),
      ownPromise: promise => promise,
      baseLimit: () => project.limit,
      debug: project.debug,
      autouse: project.autouse,
      implicit: () => mirror.hasImplicit,
      newStep: (name, source, owner) => new Step(name, source, undefined, owner),
      newLoop,
      wideLoop: (scope, from) => {
        const home: OpenScope = homeIn(homes, scope, from.directory);
        home.loop ??= newLoop(
          scope === 'directory' ? `directory ${from.directory.label} loop` : `${scope} loop`,
        );
        return home.loop;
      },
      pendingOf,
      waiting: step => [...new Set(pendingOf(step).map(item => realm.describe(item)))],
    };
  }
}

function lend(instance: Instance): SharedValue {
  return { value: instance.value, context: instance.context, entered: instance.entered };
}
