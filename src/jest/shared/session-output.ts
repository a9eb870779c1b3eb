import type { ChannelClient } from '../../channel/client';
import { type SharedQuery, sendable } from '../../fixtures/shared/query';
import { mainSide } from './find-main-side';
import { inTime } from './in-time';
import { REQUESTS } from './requests';

/**
 * What a `session` fixture has to show with a test that fails here. Never rejects: a main process that is gone or
 * blocked shows nothing.
 */
export async function outputOfSession(
  query: SharedQuery,
  client: Promise<ChannelClient> | undefined,
): Promise<string> {
  const main = mainSide();
  if (main !== undefined) return main.output(query);
  if (client === undefined) return '';
  const asked = client.then(each => each.request(REQUESTS.output, sendable(query)) as Promise<string>);
  return inTime(
    asked.catch(() => ''),
    '',
  );
}
