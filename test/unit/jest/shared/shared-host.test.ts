import { ChildProcess } from 'node:child_process';
import type { InstanceView } from '../../../../src/fixtures/life/interfaces/views';
import type { DescribedProject } from '../../../../src/fixtures/shared/query';
import { SharedHost } from '../../../../src/jest/shared/shared-host';
import { siteAt } from '../../support';

const instance = {
  label: 'fixture "db"',
  fixture: { scope: 'worker', declaration: { name: 'db', site: siteAt('setup.ts:3') } },
} as unknown as InstanceView;
const project = { id: 'p', root: '/p' } as DescribedProject;
const step = {} as never;

/** An unhandled rejection, or an exception where there is no promise. */
const context = (text: string, promise?: Promise<unknown>) => ({
  message: 'Unhandled',
  exception: new Error(text),
  ...(promise !== undefined && { promise }),
});
const reported = async (outside: SharedHost): Promise<(string | undefined)[]> =>
  (await outside.moveTo('/p')).map(({ message }) => /unhandled error: (.*)/.exec(message)?.[1]);

let outside: SharedHost;
// Node's modules are the same for all files of a process.
const methods = ChildProcess.prototype as unknown as { spawn: unknown };
const { spawn } = methods;

beforeEach(() => {
  outside = new SharedHost({
    widest: 'worker',
    configOf: () => ({ id: 'p', rootDir: '/p' }) as never,
    facts: () => Promise.reject(new Error('unused')),
  });
});
afterEach(() => outside.end());
afterAll(() => {
  methods.spawn = spawn;
});

test('a rejection that is handled before it is reported is dropped', async () => {
  const { caught, handled } = outside.engine.realmOf(project);
  const promise = Promise.resolve();
  caught!(instance, context('first', promise), step);
  caught!(instance, context('second'), step);
  handled!(promise);
  expect(await reported(outside)).toEqual(['second']);
});

test('a rejection handled later removes no other error', async () => {
  const { caught, handled } = outside.engine.realmOf(project);
  const promise = Promise.resolve();
  caught!(instance, context('first', promise), step);
  expect(await reported(outside)).toEqual(['first']);
  caught!(instance, context('second'), step);
  handled!(promise);
  expect(await reported(outside)).toEqual(['second']);
});
