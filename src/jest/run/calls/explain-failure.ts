import { fixForDone } from '../../../errors/other-runners/words';
import { addPlaceOf } from '../../report/add-place';
import { explainMember, withFix } from '../../report/hints';
import type { BodyOrHook } from './body-or-hook';
import { meantByDone } from './done-as-fixtures';

/** What the function of a test or hook threw, with what its reader may lack: a fix, and a place in the user's code. */
export function explainFailure(of: BodyOrHook, error: unknown): unknown {
  const { realm } = of.fileRun.testFile;
  const meant = meantByDone(of);
  const explained =
    meant === undefined ? explainMember(realm, error) : withFix(realm, error, fixForDone(meant));
  const { label, site } = of.requester();
  return addPlaceOf(realm, explained, of.isBody ? 'test' : label, site);
}
