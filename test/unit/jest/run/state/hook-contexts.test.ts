import { Namespace } from '../../../../../src/fixtures/declare/declaration';
import type { ContextLayer } from '../../../../../src/fixtures/life/interfaces/context-stack';
import { HookContexts } from '../../../../../src/jest/run/state/hook-contexts';

const file = new Namespace('file', undefined, 'a.test.ts');
const outer = new Namespace('describe', file, 'outer');
const inner = new Namespace('describe', outer, 'inner');
const other = new Namespace('describe', file, 'other');
const layer = (name: string): ContextLayer =>
  ({ block: undefined, values: [name] }) as unknown as ContextLayer;
const namesAt = (contexts: HookContexts, at: Namespace): readonly unknown[] => contexts.at(at).values();

test('a test sees what the hooks around it have left, outermost first', () => {
  const contexts = new HookContexts();
  expect(namesAt(contexts, inner)).toEqual([]);
  contexts.add(inner, [layer('inner')]);
  contexts.add(file, [layer('file')]);
  contexts.add(other, [layer('other')]);
  contexts.add(file, [layer('second of file')]);
  expect(namesAt(contexts, inner)).toEqual(['file', 'second of file', 'inner']);
  expect(namesAt(contexts, outer)).toEqual(['file', 'second of file']);
});

test('a block that runs again starts without what it left before', () => {
  const contexts = new HookContexts();
  contexts.add(outer, [layer('outer')]);
  contexts.add(inner, [layer('inner')]);
  contexts.forget(inner);
  expect(namesAt(contexts, inner)).toEqual(['outer']);
});
