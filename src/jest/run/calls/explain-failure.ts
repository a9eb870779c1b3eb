import { fixForDone, type MeantAsFixtures } from '../../../errors/other-runners/words';
import { addPlaceOf } from '../../report/add-place';
import { explainCopy, explainMember, explainVariable, withFix } from '../../report/hints';
import type { BodyOrHook } from './body-or-hook';
import { meantByDone } from './done-as-fixtures';

/** What the function of a test or hook threw, with what its reader may lack: a fix, and a place in the user's code. */
export function explainFailure(of: BodyOrHook, error: unknown): unknown {
  const { fileRun, view } = of;
  const { realm } = fileRun.testFile;
  const { resolver } = fileRun.host;
  const isFixture = (name: string): boolean => resolver.isDeclared(name, view.namespace, view.testType);
  const fixtures = of.attempt?.usesFixtures ? of.attempt.fixtures : of.fixtures;
  const isCopied = (name: string): boolean =>
    [...(fixtures?.uses ?? [])].some(({ fixture }) => fixture.scope === 'session' && fixture.name === name);
  const meant = meantByDone(of);
  const explained =
    meant === undefined || saysEnough(error, meant)
      ? explainCopy(realm, explainVariable(realm, explainMember(realm, error), isFixture), isCopied)
      : withFix(realm, error, fixForDone(meant));
  const { label, site } = of.requester();
  return addPlaceOf(realm, explained, of.isBody ? 'test' : label, site);
}

/** Whether it is Jest's own error for an async function that called the `done` it took. */
function saysEnough(error: unknown, { names, given }: MeantAsFixtures): boolean {
  if (names.length > 0 || given !== undefined) return false;
  try {
    return (Object(error) as { code?: unknown }).code === 'ERR_TEST_API';
  } catch {
    return false;
  }
}
