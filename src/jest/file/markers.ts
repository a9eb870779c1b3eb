import type { Site } from '../../errors/site';
import type { Namespace } from '../../fixtures/declare/declaration';
import type { ScopeName } from '../../fixtures/declare/scopes';
import type { GivenBackend } from '../../loop/backend-of';

/** Markers as users write them in the options of a test or describe block. */
export interface GivenMarkers {
  readonly useFixtures?: readonly string[];
  readonly catchLoopExceptions?: boolean;
  readonly forbidGetEventLoop?: boolean | { readonly timers?: boolean };
  readonly loopScope?: ScopeName;
  readonly loop?: boolean;
  readonly backend?: GivenBackend | readonly GivenBackend[];
}

/** The name of a marker. */
export type MarkerName = keyof GivenMarkers;

/** The markers of a test, or of a namespace for its tests; undefined where they leave something open. */
export interface Markers {
  readonly useFixtures?: readonly string[];
  /** Where these names stand. */
  readonly usedBy?: readonly UsedBy[];
  readonly catchLoopExceptions?: boolean;
  /** false: allowed again */
  readonly forbidGetEventLoop?: false | { readonly timers: boolean };
  readonly loopScope?: ScopeName;
  /** The namespace that set `loopScope`; undefined where the test itself did. */
  readonly loopNamespace?: Namespace;
  readonly loop?: boolean;
  /** A namespace's is declared as its fixture `loopBackend`. */
  readonly backend?: GivenBackends;
}

/** Names given to `useFixtures`, by which call, and where. */
export interface UsedBy {
  readonly names: readonly string[];
  readonly call: string;
  readonly site: Site;
}

/** The backends to run on, and where they were given. */
export interface GivenBackends {
  readonly choices: readonly GivenBackend[];
  readonly site: Site;
  /** One that does not exist is skipped. */
  readonly mayBeMissing?: boolean;
}

export const NO_MARKERS: Markers = Object.freeze({});

/** `b` over `a`: the nearest wins, except for `useFixtures`, which adds up, those of `a` first. */
export function mergeMarkers(a: Markers | undefined, b: Markers | undefined): Markers {
  if (a === undefined || a === NO_MARKERS) return b ?? NO_MARKERS;
  if (b === undefined || b === NO_MARKERS) return a;
  // The namespace goes with the scope that it set.
  const { loopScope, loopNamespace } = b.loopScope === undefined ? a : b;
  return {
    useFixtures: both(a.useFixtures, b.useFixtures),
    usedBy: both(a.usedBy, b.usedBy),
    catchLoopExceptions: b.catchLoopExceptions ?? a.catchLoopExceptions,
    forbidGetEventLoop: b.forbidGetEventLoop ?? a.forbidGetEventLoop,
    loopScope,
    loopNamespace,
    loop: b.loop ?? a.loop,
    backend: b.backend ?? a.backend,
  };
}

function both<T>(a: readonly T[] | undefined, b: readonly T[] | undefined): readonly T[] | undefined {
  return a && b ? [...a, ...b] : (b ?? a);
}

/** A test file with the markers of its namespaces. */
interface MarkedFile {
  readonly marks: ReadonlyMap<Namespace, Markers>;
}

/** The markers that apply to a test: those around it, outermost first, then its own. */
export function markersOf({ marks }: MarkedFile, namespace: Namespace, testMarkers?: Markers): Markers {
  if (marks.size === 0) return testMarkers ?? NO_MARKERS;
  let found = testMarkers;
  for (let each: Namespace | undefined = namespace; each !== undefined; each = each.parent) {
    found = mergeMarkers(marks.get(each), found);
  }
  return found ?? NO_MARKERS;
}
