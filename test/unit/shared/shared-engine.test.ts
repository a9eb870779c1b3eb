import { codeOf, failure, gate, turn } from '../support';
import { Hosted, type Place } from './kit';

const log: string[] = [];
beforeEach(() => void log.splice(0));

/** A body that logs when it comes up and goes down. */
const traced = (name: string, fails?: 'teardown') =>
  async function* (deps: object) {
    log.push(`${name} up on ${Object.values(deps)}`);
    yield name;
    log.push(`${name} down`);
    if (fails) throw new Error(`${name} broke`);
  };

const worker = (name: string, value: unknown, deps: string[] = []) => ({
  name,
  scope: 'worker' as const,
  deps,
  value,
});
const directory = (name: string, value: unknown, deps: string[] = []) => ({
  name,
  scope: 'directory' as const,
  deps,
  value,
});

const places: Place[] = [
  { label: '/p', kind: 'setup', fixtures: [worker('db', traced('db'))] },
  { label: '/p/a', fixtures: [directory('server', traced('server'), ['db'])] },
  { label: '/p/a/b', fixtures: [directory('page', traced('page'), ['server'])] },
];

test('a fixture comes up once, with its dependencies', async () => {
  const hosted = new Hosted(places);
  expect(await Promise.all([hosted.get('page'), hosted.get('page', 'another')])).toEqual(['page', 'page']);
  expect(await hosted.get('db')).toBe('db');
  expect(log).toEqual(['db up on ', 'server up on db', 'page up on server']);
  expect(hosted.loaded.length).toBe(3);
});

test('directories go down, innermost first, when a file outside them begins', async () => {
  const { host, ...hosted } = new Hosted(places);
  void hosted;
  const own = new Hosted(places);
  await own.get('page');
  log.splice(0);
  expect(await own.host.openScopes.leave('/p/a/b/c')).toEqual([]);
  expect(log).toEqual([]);
  await own.host.openScopes.leave('/p/a');
  expect(log).toEqual(['page down']);
  await own.host.openScopes.leave('/p/ab');
  expect(log).toEqual(['page down', 'server down']);
  expect(host.openScopes.empty).toBe(true);
  expect(own.host.openScopes.empty).toBe(false);
  await own.host.openScopes.closeAll();
  expect(log).toEqual(['page down', 'server down', 'db down']);
  expect(own.host.openScopes.empty).toBe(true);
  expect(own.host.loops.size).toBe(0);
});

test('a fixture comes up again when its directory is entered again', async () => {
  const hosted = new Hosted(places);
  await hosted.get('server');
  await hosted.host.openScopes.leave('/p');
  await hosted.host.openScopes.leave('/p/a');
  await hosted.get('server');
  expect(log).toEqual(['db up on ', 'server up on db', 'server down', 'server up on db']);
});

test('requests in a directory that was left come too late, until it is entered again', async () => {
  let open!: () => void;
  const gate = new Promise<void>(resolve => {
    open = resolve;
  });
  const hosted = new Hosted([
    { label: '/p', kind: 'setup', fixtures: [worker('slow', () => gate)] },
    { label: '/p/a', fixtures: [directory('needs', traced('needs'), ['slow'])] },
  ]);
  const late = hosted.get('needs');
  // Its test was given up: the file has ended, and the worker has gone on to another directory.
  const left = hosted.host.openScopes.leave('/p');
  open();
  await expect(late).rejects.toThrow('came too late');
  await expect(hosted.get('needs')).rejects.toThrow('came too late');
  expect(await left).toEqual([]);
  expect(log).toEqual([]);
  await hosted.host.openScopes.leave('/p/a');
  await hosted.get('needs');
  expect(log).toEqual(['needs up on ']);
  await hosted.host.openScopes.closeAll();
  expect(hosted.host.openScopes.empty).toBe(true);
});

test('a failing teardown stops no other, and each error names its fixture', async () => {
  const hosted = new Hosted([
    {
      label: '/p',
      kind: 'setup',
      fixtures: [worker('a', traced('a', 'teardown')), worker('b', traced('b', 'teardown'), ['a'])],
    },
    { label: '/p/a', fixtures: [directory('c', traced('c', 'teardown'), ['b'])] },
  ]);
  await hosted.get('c');
  expect(await hosted.host.openScopes.closeAll()).toEqual(['c: c broke', 'b: b broke', 'a: a broke']);
  expect(await hosted.host.openScopes.closeAll()).toEqual([]);
});

test('a failure is remembered, and its dependants do not run', async () => {
  let tries = 0;
  const fails = (): never => {
    tries++;
    throw new Error('no room');
  };
  const hosted = new Hosted([
    { label: '/p', kind: 'setup', fixtures: [worker('fails', fails), worker('on', traced('on'), ['fails'])] },
  ]);
  expect(await failure(() => hosted.get('fails', 'first'))).toBe('no room');
  expect(await failure(() => hosted.get('fails', 'second'))).toBe('no room (first seen in "first")');
  expect(await failure(() => hosted.get('on', 'third'))).toBe('no room (first seen in "first")');
  expect([tries, log]).toEqual([1, []]);
});

test('a cleanup that fails after a failed set-up names its fixture', async () => {
  const fails = (_: unknown, request: { onCleanup(fn: () => void): void }): never => {
    request.onCleanup(() => {
      throw new Error('not tidy');
    });
    throw new Error('no room');
  };
  const hosted = new Hosted([{ label: '/p', kind: 'setup', fixtures: [worker('fails', fails)] }]);
  expect(await failure(() => hosted.get('fails'))).toBe('no room');
  expect(await hosted.host.openScopes.closeAll()).toEqual(['fails: not tidy']);
});

test('a set-up under way at the end comes up, and goes down', async () => {
  const { promise, open } = gate();
  const slow = async function* () {
    await promise;
    yield* traced('slow')({});
  };
  const hosted = new Hosted([{ label: '/p', kind: 'setup', fixtures: [worker('slow', slow)] }]);
  const got = hosted.get('slow').catch(error => error.code);
  await turn();
  expect(hosted.host.openScopes.starting().map(({ name }) => name)).toEqual(['slow']);
  const ended = hosted.host.openScopes.closeAll();
  await turn();
  open();
  expect(await ended).toEqual([]);
  await got;
  expect(log).toEqual(['slow up on ', 'slow down']);
});

test('nothing comes up during the end', async () => {
  const { promise, open } = gate();
  const slow = async function* () {
    yield 1;
    await promise;
  };
  const hosted = new Hosted([
    { label: '/p', kind: 'setup', fixtures: [worker('slow', slow), worker('late', traced('late'))] },
  ]);
  await hosted.get('slow');
  const ended = hosted.host.openScopes.closeAll();
  await turn();
  expect(await codeOf(() => hosted.get('late'))).toBe('ERR_FIXTURE_ENDED');
  open();
  await ended;
  expect(log).toEqual([]);
});

test('a refused value goes down, and is remembered as a failure', async () => {
  const hosted = new Hosted(
    [{ label: '/p', kind: 'setup', fixtures: [worker('raw', traced('raw'))] }],
    'session',
  );
  const asked = hosted.asked('raw', 'first');
  const instance = await hosted.host.instance(asked);
  const refused = instance.refuse(new Error('no data'));
  // One asks while it goes down.
  const meanwhile = failure(() => hosted.get('raw', 'meanwhile'));
  await refused;
  expect(await meanwhile).toBe('no data');
  expect(log).toEqual(['raw up on ', 'raw down']);
  expect(String(hosted.host.refusal(instance, asked))).toMatch(/no data \(first seen in "meanwhile"\)$/);
  expect(await failure(() => hosted.get('raw', 'second'))).toBe('no data (first seen in "meanwhile")');
});

test('it stays up until its dependants are down', async () => {
  const hosted = new Hosted(
    [
      {
        label: '/p',
        kind: 'setup',
        fixtures: [worker('raw', traced('raw')), worker('url', traced('url'), ['raw'])],
      },
    ],
    'session',
  );
  await hosted.get('url');
  const asked = hosted.asked('raw', 'first');
  const instance = await hosted.host.instance(asked);
  await instance.refuse(new Error('no data'));
  expect(hosted.host.refusal(instance, asked)).toEqual(new Error('no data'));
  expect(log).toEqual(['raw up on ', 'url up on raw']);
  expect(await hosted.get('url', 'second')).toBe('url');
  await hosted.host.openScopes.closeAll();
  expect(log.slice(2)).toEqual(['url down', 'raw down']);
});

test('nothing comes up after the end', async () => {
  const hosted = new Hosted(places);
  await hosted.get('page');
  await hosted.host.openScopes.closeAll();
  for (const name of ['db', 'page']) expect(await codeOf(() => hosted.get(name))).toBe('ERR_FIXTURE_ENDED');
  expect(log.filter(event => / up/.test(event)).length).toBe(3);
});

test('several simultaneous failures are all reported', async () => {
  const fails = (name: string) => async () => {
    throw new Error(`${name} fails`);
  };
  const hosted = new Hosted([
    {
      label: '/p',
      kind: 'setup',
      fixtures: [worker('a', fails('a')), worker('b', fails('b')), worker('on', traced('on'), ['a', 'b'])],
    },
  ]);
  expect(await failure(() => hosted.get('on', 'first', undefined, { parallel: true }))).toBe('a fails');
  expect(await hosted.host.openScopes.closeAll()).toMatchObject([{ message: 'b fails' }]);
});

test('values of params have a life each', async () => {
  const engine = {
    ...worker('engine', (_: unknown, { param }: { param: string }) => param),
    params: ['pg', 'lite'],
  };
  const hosted = new Hosted([{ label: '/p', kind: 'setup', fixtures: [engine] }]);
  const key = '/p/jest.fixtures.ts\0engine\x000';
  expect(await hosted.get('engine', 't', undefined, { variant: [[key, 1]] })).toBe('lite');
  expect(await hosted.get('engine', 't', undefined, { variant: [[key, 0]] })).toBe('pg');
});

test('its path is the file that declares it', async () => {
  const asks = (
    _: unknown,
    { path, get }: { path: string; get(name: string): Promise<string> },
  ): Promise<string> => get('inner').then(inner => `${path} and ${inner}`);
  const inner = (_: unknown, { path }: { path: string }): string => path;
  const hosted = new Hosted([
    { label: '/p', kind: 'setup', fixtures: [worker('inner', inner)] },
    { label: '/p/a', fixtures: [directory('outer', asks)] },
  ]);
  expect(await hosted.get('outer')).toBe('/p/a/jest.fixtures.ts and /p/jest.fixtures.ts');
});

test('a fixture that is not declared where it lives is an error', async () => {
  const hosted = new Hosted(places);
  const asked = hosted.asked('db');
  const [setup, ...others] = asked.namespaces;
  const unknown = { ...setup!.declarations[0]!, name: 'unknown' };
  const blocks = [{ ...setup!, declarations: [unknown] }, ...others];
  expect(
    await failure(() => hosted.host.request({ ...asked, name: 'unknown', namespaces: blocks }).value),
  ).toBe('unknown is not found');
});
