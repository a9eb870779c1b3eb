import type * as diagnosticsChannel from 'node:diagnostics_channel';
import { captured } from './capture/captured';

export const { subscribe, unsubscribe } = captured(
  'diagnostics_channel',
  () => require('node:diagnostics_channel') as typeof diagnosticsChannel,
  'subscribe',
  'unsubscribe',
);
