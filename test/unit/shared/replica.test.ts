import { Namespace } from '../../../src/fixtures/declare/declaration';
import { Replica } from '../../../src/shared/replica';
import { failure } from '../support';
import { Hosted, type Place } from './kit';

const places: Place[] = [
  { label: '/p', kind: 'setup', fixtures: [{ name: 'db', scope: 'worker', params: [1, 2], value: 3 }] },
  { label: '/p/a', fixtures: [{ name: 'server', scope: 'directory', deps: ['db'], value: 4 }] },
];
const { namespaces: described } = new Hosted(places).asked('db');

/** A replica of which the files are loaded by `find`. */
const mirrorOf = (find: (name: string) => unknown = () => undefined): Replica =>
  new Replica(
    new Namespace('builtin', undefined, 'built-in'),
    async () => ({ find: find as never }),
    (name, file) => new Error(`${name} is not in ${file}`),
  );

test('namespaces are made once, however often they are described', () => {
  const replica = mirrorOf();
  const first = replica.add(described);
  const second = replica.add(structuredClone(described));
  expect(second.namespaces).toEqual(first.namespaces);
  expect([first.news, second.news]).toEqual([true, false]);
  expect(first.namespaces.map(({ kind, label }) => [kind, label])).toEqual([
    ['setup', '/p'],
    ['directory', '/p/a'],
  ]);
  expect(first.namespaces[1]!.parent).toBe(first.namespaces[0]);
});

test('a directory within different ones is another', () => {
  const replica = mirrorOf();
  const [, inner] = replica.add(described).namespaces;
  const [alone] = replica.add([described[1]!]).namespaces;
  expect(alone).not.toBe(inner);
});

test('a body is loaded when it is needed, and the values of params with it', async () => {
  const asked: string[] = [];
  const replica = mirrorOf(name => {
    asked.push(name);
    return { body: { kind: 'value', value: 3 }, options: { params: ['a', 'b'] } };
  });
  replica.add(described);
  const { origin } = described[0]!.declarations[0]!;
  const declaration = replica.find(origin, 'db')!;
  expect(declaration).toMatchObject({ name: 'db', body: { kind: 'unloaded' }, options: { scope: 'worker' } });
  expect(declaration.options.params).toHaveLength(2);
  expect(asked).toEqual([]);
  await (declaration.body as { load(): Promise<void> }).load();
  expect(declaration).toMatchObject({ body: { kind: 'value', value: 3 }, options: { params: ['a', 'b'] } });
  expect(asked).toEqual(['db']);
});

test('a declaration that its file does not make here is an error', async () => {
  const replica = mirrorOf();
  replica.add(described);
  const { origin } = described[1]!.declarations[0]!;
  const { body } = replica.find(origin, 'server')!;
  expect(await failure(() => (body as { load(): Promise<void> }).load())).toBe(
    'server is not in /p/a/jest.fixtures.ts',
  );
});

test('test types are the same for the same keys', () => {
  const replica = mirrorOf();
  expect(replica.testType(['a', 'b'])).toBe(replica.testType(['a', 'b']));
  expect(replica.testType(['a', 'b']).lineage[0]).toBe(replica.testType(['a']).lineage[0]);
  expect(replica.testType([]).lineage).toEqual([]);
  expect(replica.testType(['a']).lineage.map(each => replica.keyOf(each))).toEqual(['a']);
});
