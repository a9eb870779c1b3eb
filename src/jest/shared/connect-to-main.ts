import { folderOf } from '../../channel/address';
import { ChannelClient } from '../../channel/client';
import { rmSync } from '../../node/fs';
import type { RunError } from '../process/main-run';
import type { RunAddress } from '../process/run-address';
import { emitAtRunner, jestParent } from '../process/to-jest';
import { REQUESTS, WANTED } from './requests';

/**
 * Connects a worker to the main process, which listens when somebody has told it that it is wanted. `end` is called when
 * the run is over, and its errors are told there. `retryFor`: how long in ms to try, where not as long as ever.
 */
export async function reachMain(
  run: RunAddress,
  retryFor: number | undefined,
  end: () => Promise<RunError[]>,
): Promise<ChannelClient> {
  const toJest = jestParent();
  if (toJest !== undefined) emitAtRunner(toJest, WANTED, [process.pid]);
  const client = await ChannelClient.connect({
    address: run.address!,
    token: run.token!,
    ...(retryFor !== undefined && { retryFor }),
    handle: method => (method === REQUESTS.end ? end() : undefined),
  });
  tidyAtExit(run);
  return client;
}

/** A main process that was killed could not tidy up: whoever outlives it does. */
function tidyAtExit({ pid, address }: RunAddress): void {
  const folder = folderOf(address!);
  if (folder === undefined || pid !== process.ppid) return;
  process.once('exit', () => {
    // Another process has taken this one in.
    if (process.ppid !== pid) rmSync(folder, { recursive: true, force: true });
  });
}
