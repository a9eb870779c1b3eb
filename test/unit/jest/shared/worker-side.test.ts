import type { Config } from '@jest/types';
import type { ChannelClient } from '../../../../src/channel/client';
import { crossing } from '../../../../src/channel/clone/cross';
import type { SharedQuery } from '../../../../src/fixtures/shared/query';
import { announceRun } from '../../../../src/jest/process/run-address';
import type { ConnectionEvents } from '../../../../src/jest/shared/main-connection';
import type { RunningTestFile } from '../../../../src/jest/shared/running-test-file';
import type { SharedHost } from '../../../../src/jest/shared/shared-host';
import { WorkerSide } from '../../../../src/jest/shared/worker-side';
import { Hosted } from '../../fixtures/shared/support';
import { failure, gate, turn } from '../../support';

const mocked: { events?: ConnectionEvents; client?: Pick<ChannelClient, 'request'> } = {};
jest.mock('../../../../src/jest/shared/main-connection', () => ({
  MainConnection: function MainConnection(events: ConnectionEvents) {
    mocked.events = events;
    return { connect: async () => mocked.client, client: Promise.resolve(mocked.client) };
  },
}));

/** A worker whose shared fixtures are up. */
function worker(): { side: WorkerSide; end: jest.Mock } {
  const side = new WorkerSide();
  const end = jest.fn(async () => []);
  side.host = { end, enter: () => {} } as unknown as SharedHost;
  return { side, end };
}

const FILE = { path: '/p/a.test.js' } as RunningTestFile;
const CONFIG = { id: 'p' } as Config.ProjectConfig;

test('fixtures stay up for the running file where the main process is gone', async () => {
  const { side, end } = worker();
  side.enter(FILE, CONFIG);
  await mocked.events!.lost();
  expect(end).not.toHaveBeenCalled();
  await side.leave(false);
  expect(end).toHaveBeenCalledTimes(1);
});

test('between files they go down at once', async () => {
  const { side, end } = worker();
  side.enter(FILE, CONFIG);
  await side.leave(false);
  expect(end).not.toHaveBeenCalled();
  await mocked.events!.lost();
  expect(end).toHaveBeenCalledTimes(1);
});

describe('a session fixture', () => {
  const db = { name: 'db', scope: 'session' as const, value: 'a db' };
  const query = (): SharedQuery =>
    new Hosted([{ label: '/p', kind: 'setup', fixtures: [db] }], 'session').query('db');
  let unannounce: () => void;
  beforeEach(() => {
    unannounce = announceRun({ pid: process.pid, address: '/p/socket', token: 't' });
  });
  afterEach(() => unannounce());

  const value = crossing('a db');
  const bytes = 'bytes' in value ? value.bytes : new Uint8Array();

  /** A worker whose main process answers so. Logs what it asks. */
  function asking(answer: (method: string) => unknown): { side: WorkerSide; asked: string[] } {
    const asked: string[] = [];
    mocked.client = {
      request: async (method, payload) => {
        const { requester } = ((payload as { query?: SharedQuery }).query ?? payload) as SharedQuery;
        asked.push(`${method} ${requester.site.at}`);
        return answer(method);
      },
    };
    return { side: new WorkerSide(), asked };
  }

  test('that is up crosses without the places of its requesters', async () => {
    const { side, asked } = asking(() => ({ id: 1, bytes }));
    expect(await side.copy(query())!.value).toBe('a db');
    expect(asked).toEqual(['value if up undefined']);
  });

  test('that is not up is asked for with them', async () => {
    const { side, asked } = asking(method => (method === 'value' ? { id: 1, bytes } : undefined));
    expect(await side.copy(query())!.value).toBe('a db');
    expect(asked).toEqual(['value if up undefined', 'value test/a.test.ts:3']);
  });

  test('does not come up for a requester that stops before that, nor is it cancelled for others', async () => {
    const answered = gate();
    const { side, asked } = asking(() => answered.promise);
    const copy = side.copy(query())!;
    const failed = failure(() => copy.value);
    await turn();
    copy.cancelSetUp!(new Error('given up'));
    answered.open();
    expect(await failed).toBe('given up');
    await turn();
    expect(asked).toEqual(['value if up undefined']);
  });

  test('is cancelled for a requester that stops later', async () => {
    const { side, asked } = asking(method => (method === 'value' ? new Promise(() => {}) : undefined));
    const copy = side.copy(query())!;
    await turn();
    copy.cancelSetUp!(new Error('given up'));
    await turn();
    expect(asked.at(-1)).toBe('cancel set-up test/a.test.ts:3');
  });
});
