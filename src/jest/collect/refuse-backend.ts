import { unknownBackend } from '../../errors/loop/backends';
import { type Namespace, visible } from '../../fixtures/declare/declaration';
import { LOOP_BACKEND } from '../../fixtures/declare/loop-names';
import { choiceOf } from '../../loop/backend-of';
import { getOrMake } from '../../util/get-or-make';
import type { TestFile } from '../file/test-file';
import type { Needs } from './plan';
import type { PlannedEntries } from './plan-entries';

/**
 * Makes an unknown backend of the project's option or the command line a mistake of each test that goes by it: also of
 * those that run in a wider Loop, on which no backend is put, and of those that never need their Loop.
 */
export function refuseBackend(testFile: TestFile, entries: PlannedEntries): PlannedEntries {
  const { backend, backendWins, backendSource = LOOP_BACKEND } = testFile.options;
  const name = choiceOf(backend)?.name;
  if (name === undefined) return entries;
  const known = new Map<Namespace, string[]>();
  const isMistaken = ({ namespace, testType }: Needs): boolean => {
    const names = getOrMake(known, namespace, () => testFile.factories.names(namespace));
    if (names.includes(name)) return false;
    const declaration = visible(LOOP_BACKEND, namespace, testType).next().value;
    return backendWins === true || declaration === undefined || declaration.body.kind === 'built-in';
  };
  const mistaken = entries.tests.filter(({ plan }) => isMistaken(plan.needs));
  if (mistaken.length === 0) return entries;
  const tests = new Set(mistaken.map(({ entry }) => entry));
  return {
    ...entries,
    tests: entries.tests.filter(({ entry }) => !tests.has(entry)),
    uses: new Map([...entries.uses].filter(([entry]) => !tests.has(entry))),
    testMistakes: [
      ...entries.testMistakes,
      ...mistaken.map(({ entry, plan }) => ({
        entry,
        error: testFile.makeError(unknownBackend(backendSource, name, known.get(plan.needs.namespace)!)),
      })),
    ],
  };
}
