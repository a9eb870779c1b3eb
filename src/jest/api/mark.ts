import { markedLate } from '../../errors/tests/calls';
import { declareBackends } from '../collect/declare';
import { type Markers, mergeMarkers } from '../file/markers';
import type { TestFile } from '../file/test-file';
import { siteOf } from './call-site';
import { MARKER_NAMES, readMarker } from './marker-arguments';

/** Makes `mark`: statements for the enclosing describe block or file. */
export function makeMark(testFile: TestFile): Record<string, unknown> {
  const mark = testFile.realm.newObject();
  for (const name of MARKER_NAMES) {
    mark[name] = testFile.realm.wrap((args, outer) => {
      const markers = readMarker(testFile, 'mark', name, args, outer);
      if (testFile.state.hasStarted) throw testFile.makeError(markedLate(siteOf(testFile, outer), name));
      markHere(testFile, markers);
    }, name);
  }
  return mark;
}

/** Adds markers for the tests of the describe block (or file) being declared. */
export function markHere(testFile: TestFile, markers: Markers): void {
  const namespace = testFile.currentNamespace();
  const { backend } = markers;
  if (backend !== undefined) declareBackends(testFile, namespace, backend);
  const placed = markers.loopScope === undefined ? markers : { ...markers, loopNamespace: namespace };
  testFile.marks.set(namespace, mergeMarkers(testFile.marks.get(namespace), placed));
}
