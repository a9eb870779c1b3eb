import type { Audience } from '../fixtures/block';
import type { Markers } from './markers';
import type { TestMeta, TestOptions } from './meta';
import type { SandboxFunction } from './realm';

/** What the own `test` says about the test that Jest is about to register. */
export interface Registration {
  readonly audience: Audience;
  readonly options: TestOptions | undefined;
  /** Of its modifiers and, over them, of its options; undefined without any. */
  readonly markers: Markers | undefined;
  readonly outer: SandboxFunction;
  /** The place, where it is not the call of `outer`. */
  readonly place?: Error;
  /** The sandbox's `Error.stackTraceLimit`, where it is 0 during Jest's own part. */
  readonly limit?: number;
  /** The function of `.each`, of which Jest sees a stand-in. */
  readonly each: { readonly fn: TestMeta['callee']['fn']; readonly takesDone: boolean } | undefined;
}
