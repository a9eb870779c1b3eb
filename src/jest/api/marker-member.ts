import { type MarkerName, type Markers, mergeMarkers } from '../file/markers';
import type { HostFunction, SandboxFunction } from '../file/realm';
import type { TestFile } from '../file/test-file';
import { isBare, isTestCall, markersIn, noSite, readMarker } from './marker-arguments';

/** A form of `test` or `describe`, and how further forms are made. */
interface Marked<Form> {
  readonly owner: 'test' | 'describe';
  readonly form: Form;
  /** `call` replaces what a call of the new form does. */
  make(form: Form, call?: HostFunction): SandboxFunction;
  /** What a call of a form does. */
  callOf(form: Form): HostFunction;
}

/** `test.loopScope`, which needs its argument, or `test.loop`, which also works as `test`; `describe` has the same. */
export function markerMember<Form extends { readonly markers: Markers }>(
  testFile: TestFile,
  name: MarkerName,
  { owner, form, make, callOf }: Marked<Form>,
): SandboxFunction {
  const more = (markers: Markers | undefined): Form => ({
    ...form,
    markers: mergeMarkers(form.markers, markers),
  });
  const withArguments: HostFunction = (args, outer) =>
    make(more(readMarker(testFile, owner, name, args, outer)));
  if (!isBare(name)) return testFile.realm.wrap(withArguments, name);
  const bare = more(markersIn({ [name]: true }, noSite));
  const asOwner = callOf(bare);
  return make(bare, (args, outer) => (isTestCall(args) ? asOwner : withArguments)(args, outer));
}
