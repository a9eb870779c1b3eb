import type * as dgram from 'node:dgram';
import { captured } from './capture/captured';

export type { Socket as UdpSocket } from 'node:dgram';

/** Not among what `index.ts` takes: few need it. */
export const { createSocket } = captured(
  'dgram',
  () => require('node:dgram') as typeof dgram,
  'createSocket',
);
