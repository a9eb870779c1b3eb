import { defaultBuiltIns } from '../../../../src/fixtures/declare/built-ins';
import { Namespace } from '../../../../src/fixtures/declare/declaration';
import { BUILT_IN_TEXTS } from '../../../../src/observe/readers/built-in-texts';

test('each built-in fixture has a line, and no other name does', () => {
  const namespace = new Namespace('builtin', undefined, 'built-in');
  defaultBuiltIns(namespace);
  expect(Object.keys(BUILT_IN_TEXTS).sort()).toEqual([...namespace.declared.keys(), 'request'].sort());
});
