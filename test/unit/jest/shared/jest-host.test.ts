import { ChildProcess } from 'node:child_process';
import { Facts } from '../../../../src/channel/facts';
import type { Instance } from '../../../../src/fixtures/life/instance';
import { JestHost } from '../../../../src/jest/shared/jest-host';
import type { DescribedProject } from '../../../../src/shared/query';
import { siteAt } from '../../support';

const instance = {
  label: 'fixture "db"',
  fixture: { scope: 'worker', declaration: { name: 'db', site: siteAt('setup.ts:3') } },
} as unknown as Instance;
const project = { id: 'p', root: '/p' } as DescribedProject;
const step = {} as never;

/** A rejection that nobody handles, or an exception where there is no promise. */
const context = (text: string, promise?: Promise<unknown>) => ({
  message: 'Unhandled',
  exception: new Error(text),
  ...(promise !== undefined && { promise }),
});
const told = async (outside: JestHost): Promise<(string | undefined)[]> =>
  (await outside.moveTo('/p')).map(({ message }) => /unhandled error: (.*)/.exec(message)?.[1]);

let outside: JestHost;
// Node's modules are the same for all files of a process.
const methods = ChildProcess.prototype as unknown as { spawn: unknown };
const { spawn } = methods;

beforeEach(() => {
  outside = new JestHost({
    widest: 'worker',
    configOf: () => ({ id: 'p', rootDir: '/p' }) as never,
    facts: async () => new Facts(),
  });
});
afterEach(() => outside.end());
afterAll(() => {
  methods.spawn = spawn;
});

test('a rejection that is handled before anybody was told of it is none', async () => {
  const { caughtWide, handledWide } = outside.host.realmOf(project);
  const promise = Promise.resolve();
  caughtWide!(instance, context('first', promise), step);
  caughtWide!(instance, context('second'), step);
  handledWide!(promise);
  expect(await told(outside)).toEqual(['second']);
});

test('one that is handled later takes no other error with it', async () => {
  const { caughtWide, handledWide } = outside.host.realmOf(project);
  const promise = Promise.resolve();
  caughtWide!(instance, context('first', promise), step);
  expect(await told(outside)).toEqual(['first']);
  caughtWide!(instance, context('second'), step);
  handledWide!(promise);
  expect(await told(outside)).toEqual(['second']);
});
