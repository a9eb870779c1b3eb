import { markedLate } from '../../errors/tests';
import { type Markers, mergeMarkers } from '../file/markers';
import type { TestFile } from '../file/test-file';
import { siteOf } from './fixture';
import { MARKER_NAMES, readMarker } from './marker-arguments';

/** `mark`: statements for the enclosing describe block or file. */
export function makeMark(session: TestFile): Record<string, unknown> {
  const mark = session.kit.newObject();
  for (const name of MARKER_NAMES) {
    mark[name] = session.kit.wrap((args, outer) => {
      const markers = readMarker(session, 'mark', name, args, outer);
      if (session.state.hasStarted) throw session.makeError(markedLate(siteOf(session, outer), name));
      markHere(session, markers);
    }, name);
  }
  return mark;
}

/** Adds to what is said about the tests of the block that is being declared. */
export function markHere(session: TestFile, markers: Markers): void {
  const block = session.here();
  const placed = markers.loopScope === undefined ? markers : { ...markers, loopBlock: block };
  session.marks.set(block, mergeMarkers(session.marks.get(block), placed));
}
