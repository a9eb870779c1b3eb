import type * as crypto from 'node:crypto';
import { captured } from './capture/captured';

export const { createHash, randomBytes, randomUUID, timingSafeEqual } = captured(
  'crypto',
  () => require('node:crypto') as typeof crypto,
  'createHash',
  'randomBytes',
  'randomUUID',
  'timingSafeEqual',
);
