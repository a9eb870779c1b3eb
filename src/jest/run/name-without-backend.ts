import { suffixOf } from '../../fixtures/resolve/variants';
import { withoutBackend } from '../collect/forced-backend';
import { fullNameOf, type TestEntry } from '../file/circus';
import type { FileRun } from './state/file-run';

/** The full name of a test without the id of its backend: the same where it runs on that backend alone. */
export function nameWithoutBackend({ plan }: FileRun, entry: TestEntry): string {
  const { variant } = plan.tests.get(entry)!;
  const suffix = suffixOf(variant);
  if (suffix === '' || !entry.name.endsWith(suffix)) return fullNameOf(entry);
  const name = entry.name.slice(0, entry.name.length - suffix.length);
  return fullNameOf(entry, name + suffixOf(withoutBackend(variant)));
}
