import type { BuiltInSources } from '../fixtures/declare/loaded-built-ins';
import type { FixtureHost, SharedInstance } from '../fixtures/life/interfaces/life';
import type { Stop } from '../fixtures/life/interfaces/requester-info';
import { Resolver } from '../fixtures/resolve/resolver';
import { Loop } from '../loop';
import { noteLoops, openLoops } from '../loop/open-loops';
import type { PendingWork, WorkOwner } from '../loop/steps/pending-work';
import { Step } from '../loop/steps/step';
import { type OpenSharedScopes, scopeIn } from './open-shared-scopes';
import {
  type DescribedProject,
  describeNamespaces,
  describeQuery,
  type KeyOfTestType,
  type SharedQuery,
} from './query';
import type { LoadFile, NotFound, Replica } from './replica';

/** What the realm of a host supplies for one project. */
export interface SharedRealm
  extends Pick<
    FixtureHost,
    'makeError' | 'seenBefore' | 'place' | 'late' | 'caught' | 'handled' | 'abortUsers'
  > {
  readonly load: LoadFile;
  readonly notFound: NotFound;
  /** Where built-ins that are loaded on first use come from. */
  readonly builtIns?: BuiltInSources;
  /** Describes pending work for messages. */
  describe(work: PendingWork): string;
  /** Why nothing more comes up; undefined while the run goes on. */
  stopped?(): Stop | undefined;
  /** Requests a fixture that lives in a wider realm still. */
  request?(query: SharedQuery): SharedInstance;
}

/** One project, and where its shared fixtures live. */
export interface SharedProject {
  readonly project: DescribedProject;
  readonly realm: SharedRealm;
  readonly replica: Replica;
  readonly openScopes: OpenSharedScopes;
  /** The Loops of everything that is open. */
  readonly loops: Set<Loop>;
  /** The scope that lives as long as the process. */
  readonly widest: 'worker' | 'session';
}

/** The fixture host of a project's shared fixtures. */
export function makeSharedFixtureHost(shared: SharedProject): FixtureHost {
  const { project, realm, replica, openScopes, loops, widest } = shared;
  noteLoops();
  const newLoop = (name: string, debug = project.debug): Loop => {
    const loop = new Loop({ name, debug });
    // Not the backend of the test that happens to need it first.
    loop.backend = undefined;
    loop.executors.poolSize = project.threadPoolSize;
    loops.add(loop);
    return loop;
  };
  const pendingOf = (step: Step): PendingWork[] => {
    const all = new Set<WorkOwner>([...loops, ...openLoops()]);
    if (step.known) all.add(step.known as Loop);
    return [...all].flatMap(loop => [...loop.pending].filter(work => work.step?.within(step) && work.alive));
  };
  return {
    ...realm,
    requestShared: (instance, run) => {
      const { fixture } = instance;
      if (realm.request === undefined || fixture.scope !== 'session' || widest === 'session')
        return undefined;
      const keyOf: KeyOfTestType = testType => replica.keyOf(testType);
      const namespaces = describeNamespaces(run.requester.namespace, keyOf);
      return realm.request(describeQuery(instance, run, { project, namespaces }, keyOf));
    },
    resolver: new Resolver(realm.makeError, project.fixtureLoopScope),
    openScopes,
    outlivesFiles: true,
    hasSession: widest === 'session',
    scopeOf: ({ scope, livesIn }) => scopeIn(openScopes, scope, livesIn),
    newDeps: () => Object.create(null),
    realmPromise: promise => promise,
    baseLimit: () => project.limit,
    debug: project.debug,
    autouse: project.autouse,
    hasPolicyFixtures: () => replica.hasPolicyFixtures,
    newStep: (name, source, owner) => new Step(name, source, undefined, owner),
    newLoop,
    sharedLoop: (scope, from) => {
      const openScope = scopeIn(openScopes, scope, from.directory);
      openScope.loop ??= newLoop(
        scope === 'directory' ? `directory ${from.directory.label} loop` : `${scope} loop`,
      );
      return openScope.loop;
    },
    pendingOf,
    waiting: step => [...new Set(pendingOf(step).map(work => realm.describe(work)))],
  };
}
