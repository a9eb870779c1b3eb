import { scopeEnded } from '../errors/fixtures/life';
import type { NamedRequester } from '../errors/site';
import { defaultBuiltIns } from '../fixtures/declare/built-ins';
import { Namespace } from '../fixtures/declare/declaration';
import { NOWHERE } from '../fixtures/declare/loaded-built-ins';
import type { ScopeName } from '../fixtures/declare/scopes';
import { ALL_TESTS } from '../fixtures/declare/test-type';
import { chooseExecutor } from '../fixtures/life/chosen-executor';
import { FixtureRun } from '../fixtures/life/fixture-run';
import type {
  Failure,
  FixtureHost,
  Instance,
  SharedInstance,
  SharedValue,
} from '../fixtures/life/interfaces/life';
import type { RequesterInfo, Stop } from '../fixtures/life/interfaces/requester-info';
import type { Attribute } from '../fixtures/life/open-scope';
import { inOrder } from '../fixtures/resolve/order';
import type { ResolvedFixture } from '../fixtures/resolve/resolved';
import type { Variant } from '../fixtures/resolve/variants';
import type { Loop } from '../loop';
import { watchSockets } from '../loop/accepted-sockets';
import { getOrMake } from '../util/get-or-make';
import { leaveLoop } from './leave-loop';
import { standsFor } from './observe';
import { OpenSharedScopes, scopeIn } from './open-shared-scopes';
import { type DescribedProject, keyOf, plainSite, type SharedQuery } from './query';
import { Replica } from './replica';
import { makeSharedFixtureHost, type SharedRealm } from './shared-fixture-host';
import { watchTimers } from './timers';

/** What is known of one project. */
interface Project {
  readonly replica: Replica;
  readonly host: FixtureHost;
  readonly stopped: () => Stop | undefined;
}

/** Narrower code that runs in a Loop from here, and requests no fixture. */
const NO_REQUESTS: Omit<RequesterInfo, 'namespace'> = {
  label: '',
  named: { label: '', site: NOWHERE },
  path: '',
  testType: ALL_TESTS,
  variant: new Map(),
  parallel: false,
  self: undefined,
  owner: undefined,
  loop: undefined,
  subject: undefined,
};

/** A query, resolved. */
interface Found {
  readonly project: Project;
  /** The innermost namespace around the requester. */
  readonly namespace: Namespace;
  readonly fixture: ResolvedFixture;
  readonly variant: Variant;
}

/**
 * The fixtures of this process that outlive test files. The same engine as in a test file, with the same crash rules
 * (see src/fixtures/life/fixture-run.ts), on open scopes of its own. Test files send descriptions; nothing of them is
 * kept.
 */
export class SharedEngine {
  readonly openScopes: OpenSharedScopes;
  /** The Loops of everything that is open. */
  readonly loops = new Set<Loop>();
  readonly #projects = new Map<string, Project>();

  constructor(
    /** The scope that lives as long as the process. */
    readonly widest: 'worker' | 'session',
    readonly realmOf: (project: DescribedProject) => SharedRealm,
    attribute: Attribute,
    /** The Loop of the widest scope, if it is another owner's. */
    loop?: Loop,
  ) {
    watchTimers();
    watchSockets();
    if (loop !== undefined) this.loops.add(loop);
    const endLoop = async (ended: Loop): Promise<void> => {
      await (ended === loop ? leaveLoop(ended) : ended.close());
      this.loops.delete(ended);
    };
    this.openScopes = new OpenSharedScopes(endLoop, attribute, loop);
  }

  /** A fixture as a test file requests it: set up now if it is not up. */
  request(query: SharedQuery): SharedInstance {
    const found = this.#resolve(query);
    const { fixture, variant } = found;
    const openScope = scopeIn(this.openScopes, fixture.scope, fixture.livesIn);
    return {
      value: this.#reach(found, query).then(sharedValueOf),
      origin: () => openScope.find(fixture, variant),
    };
  }

  /** The instance, for a caller that sends its value on. Rejects with its failure. */
  instance(query: SharedQuery): Promise<Instance> {
    return this.#reach(this.#resolve(query), query);
  }

  /** The instance, up or failed; undefined where there is none. */
  find(query: SharedQuery): Instance | undefined {
    const { fixture, variant } = this.#resolve(query);
    return scopeIn(this.openScopes, fixture.scope, fixture.livesIn).find(fixture, variant);
  }

  /** Cancels a set-up for one of the requesters that wait for it. */
  cancelSetUp(query: SharedQuery, reason: unknown): void {
    this.find(query)?.cancelSetUp(reason);
  }

  /** The failure of an instance whose value was refused, as this requester sees it. */
  refusal(instance: Instance, query: SharedQuery): unknown {
    const found = this.#resolve(query);
    return instance.refusalFor(this.#runFor(query, { ...found, variant: new Map() }))!.error;
  }

  /** The Loop of a scope, for narrower code that runs in it. */
  loopOf(scope: ScopeName, around: Pick<SharedQuery, 'project' | 'namespaces'>, directory: string): Loop {
    const { replica, host } = this.#projectOf(around.project);
    const { namespaces, news } = replica.add(around.namespaces);
    if (news) host.resolver.reset();
    const namespace = namespaces.findLast(({ label }) => label === directory) ?? namespaces.at(-1)!;
    const loop = host.sharedLoop(scope, namespace);
    chooseExecutor(new FixtureRun(host, { ...NO_REQUESTS, namespace }), loop, scope);
    return loop;
  }

  #resolve(query: SharedQuery): Found {
    const project = this.#projectOf(query.project);
    const { replica, host } = project;
    const { namespaces, news } = replica.add(query.namespaces);
    if (news) host.resolver.reset();
    const declaration = replica.find(query.origin, query.name)!;
    const testType = replica.testType(query.testType);
    const from = namespaces[query.seenFrom]!;
    const fixture = host.resolver.resolve(declaration, from, testType, query.requester);
    const chosen = new Map(query.variant);
    const variant: Variant = new Map(
      fixture.varying.map(each => [
        each.declaration,
        chosen.get(keyOf(each.declaration.origin!, each.name)) ?? 0,
      ]),
    );
    return { project, namespace: namespaces.at(-1)!, fixture, variant };
  }

  async #reach(found: Found, query: SharedQuery): Promise<Instance> {
    const { fixture, variant } = found;
    const known = scopeIn(this.openScopes, fixture.scope, fixture.livesIn).find(fixture, variant);
    // The set-up order notices if one that it depends on has died since.
    if (known?.isUp && known.uses.size === 0) {
      standsFor(query.observed, known);
      return known;
    }
    const run = this.#runFor(query, found);
    const [failure, ...others] = await run.setUp(inOrder([fixture], this.widest === 'session'));
    const instance = scopeIn(this.openScopes, fixture.scope, fixture.livesIn).find(fixture, variant);
    standsFor(query.observed, instance);
    // Parallel set-up may fail several times: the requester can be given one error only.
    for (const { instance, error, original } of others)
      if (error === original) instance?.openScope.errors.push(error);
    if (failure !== undefined) throw this.#rejection(failure);
    // One of its tasks died as it came up.
    if (instance?.failed) throw instance.failureFor(run).error;
    // It went down while this requester still waited for it.
    if (!instance?.isUp) throw run.host.makeError(scopeEnded(fixture.name, query.requester.label));
    return instance;
  }

  /** Its scope does not remember a set-up that was cancelled because another one failed. */
  #rejection({ instance, error }: Failure): unknown {
    if (instance?.setUpCancelled) instance.openScope.forget(instance);
    return error;
  }

  /** Keeps nothing of the requester but texts. */
  #runFor(query: SharedQuery, { project, namespace, variant }: Found): FixtureRun {
    const { replica, host, stopped } = project;
    const named: NamedRequester = { label: query.requester.label, site: plainSite(query.requester.site) };
    return new FixtureRun(host, {
      stopped,
      label: query.label,
      named,
      path: query.origin.file,
      namespace,
      testType: replica.testType(query.testType),
      variant,
      parallel: query.parallel,
      again: query.again,
      self: undefined,
      observedAs: query.observed?.requester,
      owner: undefined,
      loop: undefined,
      subject: undefined,
    });
  }

  #projectOf(described: DescribedProject): Project {
    return getOrMake(this.#projects, described.id, () => this.#makeProject(described));
  }

  #makeProject(project: DescribedProject): Project {
    const { openScopes, loops, widest } = this;
    const realm = this.realmOf(project);
    const builtIns = new Namespace('builtin', undefined, 'built-in');
    defaultBuiltIns(builtIns, realm.builtIns);
    const replica = new Replica(builtIns, realm.load, realm.notFound);
    const host = makeSharedFixtureHost({ project, realm, replica, openScopes, loops, widest });
    return { replica, host, stopped: () => realm.stopped?.() };
  }
}

function sharedValueOf({ value, context, entered }: Instance): SharedValue {
  return { value, context, entered };
}
