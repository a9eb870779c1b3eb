import type { SandboxRealm } from '../file/realm';

interface Expect {
  addEqualityTesters(testers: readonly ((a: unknown, b: unknown) => boolean | undefined)[]): void;
  addSnapshotSerializer(serializer: {
    test(value: unknown): boolean;
    serialize(value: unknown): string;
  }): void;
}

/**
 * Up to Node 22 an AsyncLocalStorage in use adds symbols to each promise, which Jest's `toEqual` and its snapshots see.
 * Jest 30.5 and later uses one anyway. With an older version, promises must look as they do without us.
 */
export function hideMarks(realm: SandboxRealm, expect: Expect, jestVersion: () => string): void {
  if (Number(process.versions.node.split('.')[0]) >= 24) return;
  const [major = 0, minor = 0] = jestVersion().split('.').map(Number);
  if (major > 30 || (major === 30 && minor >= 5)) return;
  expect.addEqualityTesters([realm.equalPromises]);
  expect.addSnapshotSerializer({
    test: value => realm.equalPromises(value, value) === true,
    serialize: () => 'Promise {}',
  });
}
