import { Namespace } from '../../../../src/fixtures/declare/declaration';
import type { ContextLayer } from '../../../../src/fixtures/life/context-stack';
import { HookContexts } from '../../../../src/jest/run/hook-contexts';

const file = new Namespace('file', undefined, 'a.test.ts');
const outer = new Namespace('describe', file, 'outer');
const inner = new Namespace('describe', outer, 'inner');
const other = new Namespace('describe', file, 'other');
const layer = (name: string): ContextLayer =>
  ({ block: undefined, values: [name] }) as unknown as ContextLayer;
const namesAt = (layers: HookContexts, block: Namespace): readonly unknown[] => layers.at(block).values();

test('a test has what the hooks around it have left, the outermost first', () => {
  const layers = new HookContexts();
  expect(namesAt(layers, inner)).toEqual([]);
  layers.add(inner, [layer('inner')]);
  layers.add(file, [layer('file')]);
  layers.add(other, [layer('other')]);
  layers.add(file, [layer('second of file')]);
  expect(namesAt(layers, inner)).toEqual(['file', 'second of file', 'inner']);
  expect(namesAt(layers, outer)).toEqual(['file', 'second of file']);
});

test('a block that is run once more has nothing of before', () => {
  const layers = new HookContexts();
  layers.add(outer, [layer('outer')]);
  layers.add(inner, [layer('inner')]);
  layers.forget(inner);
  expect(namesAt(layers, inner)).toEqual(['outer']);
});
