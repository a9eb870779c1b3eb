import type * as workerThreads from 'node:worker_threads';
import { captured } from './capture/captured';

export const { BroadcastChannel, isMainThread, parentPort, threadId } = captured(
  'worker_threads',
  () => require('node:worker_threads') as typeof workerThreads,
  'BroadcastChannel',
  'isMainThread',
  'parentPort',
  'threadId',
);
