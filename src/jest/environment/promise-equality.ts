import type { SandboxRealm } from '../file/realm';

interface Expect {
  addEqualityTesters(testers: readonly ((a: unknown, b: unknown) => boolean | undefined)[]): void;
  addSnapshotSerializer(serializer: {
    test(value: unknown): boolean;
    serialize(value: unknown): string;
  }): void;
}

/**
 * Up to Node 22 an AsyncLocalStorage that is in use puts symbols into each promise, which Jest's `toEqual` and its
 * snapshots see. Jest uses one itself from 30.5 on; with an older one promises are to look as they did.
 */
export function hideMarks(realm: SandboxRealm, expect: Expect, jestVersion: string): void {
  const [major = 0, minor = 0] = jestVersion.split('.').map(Number);
  if (major > 30 || (major === 30 && minor >= 5)) return;
  if (Number(process.versions.node.split('.')[0]) >= 24) return;
  expect.addEqualityTesters([realm.equalPromises]);
  expect.addSnapshotSerializer({
    test: value => realm.equalPromises(value, value) === true,
    serialize: () => 'Promise {}',
  });
}
