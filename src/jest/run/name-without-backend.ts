import { LOOP_BACKEND } from '../../fixtures/life/backend-choice';
import { suffixOf } from '../../fixtures/resolve/variants';
import { fullNameOf, type TestEntry } from '../file/circus';
import type { FileRun } from './file-run';

/** The full name of a test without the id of its backend: the same where it runs on that backend alone. */
export function nameWithoutBackend({ plan }: FileRun, entry: TestEntry): string {
  const { variant } = plan.tests.get(entry)!;
  const suffix = suffixOf(variant);
  const others = [...variant].filter(([{ name }]) => name !== LOOP_BACKEND);
  if (others.length === variant.size || !entry.name.endsWith(suffix)) return fullNameOf(entry);
  const name = entry.name.slice(0, entry.name.length - suffix.length);
  return fullNameOf(entry, name + suffixOf(new Map(others)));
}
