import { Namespace } from '../../../src/fixtures/declare/declaration';
import { Replica } from '../../../src/shared/replica';
import { failure } from '../support';
import { Hosted, type Place } from './kit';

const places: Place[] = [
  { label: '/p', kind: 'setup', fixtures: [{ name: 'db', scope: 'worker', params: [1, 2], value: 3 }] },
  { label: '/p/a', fixtures: [{ name: 'server', scope: 'directory', deps: ['db'], value: 4 }] },
];
const { blocks: described } = new Hosted(places).asked('db');

/** A mirror of which the files are loaded by `find`. */
const mirrorOf = (find: (name: string) => unknown = () => undefined): Replica =>
  new Replica(
    new Namespace('builtin', undefined, 'built-in'),
    async () => ({ find: find as never }),
    (name, file) => new Error(`${name} is not in ${file}`),
  );

test('blocks are made once, whoever describes them', () => {
  const mirror = mirrorOf();
  const first = mirror.add(described);
  const second = mirror.add(structuredClone(described));
  expect(second.blocks).toEqual(first.blocks);
  expect([first.news, second.news]).toEqual([true, false]);
  expect(first.blocks.map(({ kind, label }) => [kind, label])).toEqual([
    ['setup', '/p'],
    ['directory', '/p/a'],
  ]);
  expect(first.blocks[1]!.parent).toBe(first.blocks[0]);
});

test('a directory of the same name within others is another', () => {
  const mirror = mirrorOf();
  const [, inner] = mirror.add(described).blocks;
  const [alone] = mirror.add([described[1]!]).blocks;
  expect(alone).not.toBe(inner);
});

test('a body is loaded when it is needed, and the values of params with it', async () => {
  const asked: string[] = [];
  const mirror = mirrorOf(name => {
    asked.push(name);
    return { body: { kind: 'value', value: 3 }, options: { params: ['a', 'b'] } };
  });
  mirror.add(described);
  const { origin } = described[0]!.declarations[0]!;
  const declaration = mirror.find(origin, 'db')!;
  expect(declaration).toMatchObject({ name: 'db', body: { kind: 'unloaded' }, options: { scope: 'worker' } });
  expect(declaration.options.params).toHaveLength(2);
  expect(asked).toEqual([]);
  await (declaration.body as { load(): Promise<void> }).load();
  expect(declaration).toMatchObject({ body: { kind: 'value', value: 3 }, options: { params: ['a', 'b'] } });
  expect(asked).toEqual(['db']);
});

test('what its file does not declare here is said', async () => {
  const mirror = mirrorOf();
  mirror.add(described);
  const { origin } = described[1]!.declarations[0]!;
  const { body } = mirror.find(origin, 'server')!;
  expect(await failure(() => (body as { load(): Promise<void> }).load())).toBe(
    'server is not in /p/a/jest.fixtures.ts',
  );
});

test('audiences are the same for the same keys', () => {
  const mirror = mirrorOf();
  expect(mirror.testType(['a', 'b'])).toBe(mirror.testType(['a', 'b']));
  expect(mirror.testType(['a', 'b']).lineage[0]).toBe(mirror.testType(['a']).lineage[0]);
  expect(mirror.testType([]).lineage).toEqual([]);
  expect(mirror.testType(['a']).lineage.map(each => mirror.keyOf(each))).toEqual(['a']);
});
