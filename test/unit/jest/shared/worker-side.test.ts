import type { Config } from '@jest/types';
import type { ConnectionEvents } from '../../../../src/jest/shared/main-connection';
import type { RunningTestFile } from '../../../../src/jest/shared/running-test-file';
import type { SharedHost } from '../../../../src/jest/shared/shared-host';
import { WorkerSide } from '../../../../src/jest/shared/worker-side';

const mocked: { events?: ConnectionEvents } = {};
jest.mock('../../../../src/jest/shared/main-connection', () => ({
  MainConnection: function MainConnection(events: ConnectionEvents) {
    mocked.events = events;
  },
}));

/** A worker whose shared fixtures are up. */
function worker(): { side: WorkerSide; end: jest.Mock } {
  const side = new WorkerSide();
  const end = jest.fn(async () => []);
  side.host = { end } as unknown as SharedHost;
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
