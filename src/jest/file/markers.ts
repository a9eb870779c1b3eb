import type { Namespace } from '../../fixtures/declare/declaration';
import type { ScopeName } from '../../fixtures/declare/scopes';

/** The markers as users write them in the options of a test or describe block. */
export interface GivenMarkers {
  readonly useFixtures?: readonly string[];
  readonly catchLoopExceptions?: boolean;
  readonly forbidGetEventLoop?: boolean | { readonly timers?: boolean };
  readonly loopScope?: ScopeName;
  readonly loop?: boolean;
}

/** The name of a marker. */
export type MarkerName = keyof GivenMarkers;

/** What the markers of a test, or of a block for its tests, say; undefined is what was not said. */
export interface Markers {
  readonly useFixtures?: readonly string[];
  readonly catchLoopExceptions?: boolean;
  /** false: allowed again */
  readonly forbidGetEventLoop?: false | { readonly timers: boolean };
  readonly loopScope?: ScopeName;
  /** The block whose mark or describe option said `loopScope`; undefined where a test said so itself. */
  readonly loopBlock?: Namespace;
  readonly loop?: boolean;
}

/** Nothing said. */
export const NO_MARKERS: Markers = Object.freeze({});

/** `b` over `a`: the nearest wins, but for `useFixtures`, which adds up: those of `a` first. */
export function mergeMarkers(a: Markers | undefined, b: Markers | undefined): Markers {
  if (a === undefined || a === NO_MARKERS) return b ?? NO_MARKERS;
  if (b === undefined || b === NO_MARKERS) return a;
  // The block goes with the scope that it said.
  const { loopScope, loopBlock } = b.loopScope === undefined ? a : b;
  return {
    useFixtures:
      a.useFixtures && b.useFixtures
        ? [...a.useFixtures, ...b.useFixtures]
        : (b.useFixtures ?? a.useFixtures),
    catchLoopExceptions: b.catchLoopExceptions ?? a.catchLoopExceptions,
    forbidGetEventLoop: b.forbidGetEventLoop ?? a.forbidGetEventLoop,
    loopScope,
    loopBlock,
    loop: b.loop ?? a.loop,
  };
}

/** A test file whose blocks may be marked. */
interface MarkedFile {
  readonly marks: ReadonlyMap<Namespace, Markers>;
}

/** All that counts for a test: of its blocks, outermost first, then its own. */
export function markersOf({ marks }: MarkedFile, block: Namespace, own?: Markers): Markers {
  if (marks.size === 0) return own ?? NO_MARKERS;
  let found = own;
  for (let each: Namespace | undefined = block; each !== undefined; each = each.parent) {
    found = mergeMarkers(marks.get(each), found);
  }
  return found ?? NO_MARKERS;
}
