import type { EventEmitter as Emitter, once as happened, getEventListeners as listeners } from 'node:events';
import { captured } from './capture/captured';

interface Members {
  readonly EventEmitter: typeof Emitter;
  readonly getEventListeners: typeof listeners;
  readonly once: typeof happened;
}

export const { EventEmitter, getEventListeners, once } = captured(
  'events',
  () => require('node:events') as Members,
  'EventEmitter',
  'getEventListeners',
  'once',
);
