import { Block } from '../../../../src/fixtures/declare/declaration';
import type { Layer } from '../../../../src/fixtures/life/context-stack';
import { HookLayers } from '../../../../src/jest/run/hook-contexts';

const file = new Block('file', undefined, 'a.test.ts');
const outer = new Block('describe', file, 'outer');
const inner = new Block('describe', outer, 'inner');
const other = new Block('describe', file, 'other');
const layer = (name: string): Layer => ({ block: undefined, values: [name] }) as unknown as Layer;
const namesAt = (layers: HookLayers, block: Block): readonly unknown[] => layers.at(block).values();

test('a test has what the hooks around it have left, the outermost first', () => {
  const layers = new HookLayers();
  expect(namesAt(layers, inner)).toEqual([]);
  layers.add(inner, [layer('inner')]);
  layers.add(file, [layer('file')]);
  layers.add(other, [layer('other')]);
  layers.add(file, [layer('second of file')]);
  expect(namesAt(layers, inner)).toEqual(['file', 'second of file', 'inner']);
  expect(namesAt(layers, outer)).toEqual(['file', 'second of file']);
});

test('a block that is run once more has nothing of before', () => {
  const layers = new HookLayers();
  layers.add(outer, [layer('outer')]);
  layers.add(inner, [layer('inner')]);
  layers.forget(inner);
  expect(namesAt(layers, inner)).toEqual(['outer']);
});
