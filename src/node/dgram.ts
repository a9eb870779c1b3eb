import type * as dgram from 'node:dgram';
import { captured } from './capture/captured';

export type { Socket as UdpSocket } from 'node:dgram';

/** `index.ts` does not capture it: few files need it. */
export const { createSocket } = captured(
  'dgram',
  () => require('node:dgram') as typeof dgram,
  'createSocket',
);
